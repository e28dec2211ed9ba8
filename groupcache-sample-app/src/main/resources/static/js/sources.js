/** Counts where the tiles that this page was sent came from. */

export function sources() {
  const counts = {};
  const share = document.getElementById('share');
  const bars = {};
  for (const row of document.querySelectorAll('#sources > div')) {
    const source = row.dataset.source;
    counts[source] = 0;
    bars[source] = share.appendChild(document.createElement('span'));
    bars[source].dataset.source = source;
  }

  return (source) => {
    counts[source] += 1;
    bars[source].style.flexGrow = counts[source];
    document.querySelector(`#sources > [data-source="${source}"] .count`).textContent =
        counts[source];
  };
}
