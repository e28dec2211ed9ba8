/** Notices that a country was given another colour, by a visitor of this peer or of another. */

import {poll} from './poll.js';

// A peer that was suspended may serve old tiles for a moment after it has woken up.
const ROUNDS = 3;

/** The last change; the first one has the id 1. */
export async function latestChange() {
  const response = await fetch('color-changes/latest');
  if (!response.ok) {
    throw new Error(`The peer answered ${response.status}`);
  }
  return response.status === 204 ? {id: 0} : response.json();
}

/** Has the layer ask for its tiles again after each change; gives a function that looks at once. */
export function followChanges(last, layer) {
  let seen = last.id;
  let rounds = 0;

  return poll(async () => {
    const change = await latestChange().catch(() => ({id: seen})); // the counts say: no answer
    if (change.id !== seen) {
      seen = change.id;
      rounds = ROUNDS;
    }
    if (rounds > 0) {
      const {changed, all} = await layer.refresh();
      if (rounds === ROUNDS || changed > 0) {
        announce(change.country, changed, all);
      }
      rounds -= 1;
    }
  });
}

function announce(country, changed, all) {
  const news = document.createElement('span');
  news.textContent = `${country}: ${changed} of ${all} tiles here changed`;
  document.getElementById('news').replaceChildren(news);
}
