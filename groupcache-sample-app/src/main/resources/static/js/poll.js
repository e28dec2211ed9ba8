/** Does something again and again while the page can be seen. */

const INTERVAL_MILLIS = 1000;

/** Runs a task now and a second after it has ended; gives a function that runs it at once. */
export function poll(task) {
  let timer = 0;

  async function run() {
    clearTimeout(timer);
    await task();
    clearTimeout(timer);
    if (!document.hidden) {
      timer = setTimeout(run, INTERVAL_MILLIS);
    }
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (!document.hidden) {
      run();
    }
  });
  run();
  return run;
}
