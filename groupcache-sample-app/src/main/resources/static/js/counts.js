/** Shows the counts of the peer's groups, anew each second while the page can be seen. */

import {poll} from './poll.js';

const TIMEOUT_MILLIS = 5000;

const ROWS = [
  ['Gets', 'gets', 'Every get, from browsers and from peers'],
  ['Hits', 'hits', 'Answered from the main or the hot cache'],
  ['Loads', 'loads', 'Gets that were no hits'],
  ['… by this peer', 'loadsLocal', 'Values that this peer drew or looked up itself'],
  ['… by their owners', 'loadsPeer', 'Values that the peers who own them sent'],
  ['Asked by peers', 'serverRequests', 'Gets that came from other peers'],
  ['Peer errors', 'peerErrors', 'Requests to peers that failed'],
];
const GROUPS = ['tiles', 'countries'];

export async function fetchStats() {
  const response = await fetch('stats', {signal: AbortSignal.timeout(TIMEOUT_MILLIS)});
  if (!response.ok) {
    throw new Error(`The peer answered ${response.status}`);
  }
  return response.json();
}

/** Says whether the peer answers. */
export function report(answered) {
  const live = document.getElementById('live');
  live.classList.toggle('lost', !answered);
  live.textContent = answered ? 'live' : 'no answer';
}

export function showCounts() {
  const cells = rows();
  poll(async () => {
    try {
      const {groups} = await fetchStats();
      for (const {name, counts} of groups) {
        for (const [, field] of ROWS) {
          cells[`${name}.${field}`]?.replaceChildren(counts[field].toLocaleString('en'));
        }
      }
      report(true);
    } catch (error) {
      console.warn('No counts:', error.message);
      report(false);
    }
  });
}

function rows() {
  const cells = {};
  const body = document.getElementById('counts');
  for (const [title, field, meaning] of ROWS) {
    const row = body.insertRow();
    row.title = meaning;
    const head = row.appendChild(document.createElement('th'));
    head.scope = 'row';
    head.textContent = title;
    for (const group of GROUPS) {
      const cell = row.insertCell();
      cell.dataset.count = `${group}.${field}`;
      cell.textContent = '0';
      cells[`${group}.${field}`] = cell;
    }
  }
  return cells;
}
