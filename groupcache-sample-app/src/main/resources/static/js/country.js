/** Shows what the group "countries" says of a country, and lets it be changed. */

import {swatches} from './swatches.js';

/**
 * Shows the country that is clicked, or with the Enter key the one in the middle of the map; calls
 * back when a country has another colour.
 */
export function showCountries(map, ring, onColor) {
  const show = async (latlng) => {
    const {lat, lng} = latlng.wrap();
    const popup = L.popup().setLatLng(latlng);
    if (await fill(popup, ring, `countries?latitude=${lat}&longitude=${lng}`, onColor)) {
      popup.openOn(map);
    }
    return popup;
  };
  map.on('click', ({latlng}) => show(latlng));
  map.on('keydown', async ({originalEvent: {key, target}}) => {
    if (key === 'Enter' && target === map.getContainer()) {
      focusIn(await show(map.getCenter()));
    }
  });
}

/** Whether there is a country to show. */
async function fill(popup, ring, url, onColor, news = '') {
  const response = await fetch(url);
  if (response.status !== 200) {
    return false;
  }
  const facts = await response.json();
  const content = card(facts, response.headers, ring);
  const again = (outcome) => fill(popup, ring, response.url, onColor, outcome);

  content.append(swatches(facts.color, async (color) => {
    await again(await changeColor(response.url, color, ring));
    focusIn(popup);
    onColor();
  }));

  const button = L.DomUtil.create('button', 'remove', content);
  button.type = 'button';
  button.textContent = 'Remove these facts from the ring';
  button.title = 'All peers forget this country; the next get loads it anew';
  button.addEventListener('click', async () => {
    const key = new URL(response.url).pathname.split('/').pop();
    await fetch(`cache/countries?key=${key}`, {method: 'DELETE'});
    await again();
  });

  L.DomUtil.create('p', 'outcome', content).textContent = news;
  popup.setContent(content);
  return true;
}

/** What has come of it, in a sentence. */
async function changeColor(country, color, ring) {
  const method = color ? 'PUT' : 'DELETE';
  const response = await fetch(`${country}/color`, {method, body: color});
  if (!response.ok) {
    return `Not changed: ${await response.text()}`;
  }
  const {tiles, pending} = await response.json();
  const removed = `${tiles.toLocaleString('en')} ${tiles === 1 ? 'tile' : 'tiles'} removed`;
  return pending.length === 0
      ? `${removed} from all peers.`
      : `${removed}; yet to hear of it: ${pending.map((peer) => ring.name(peer)).join(', ')}.`;
}

function focusIn(popup) {
  popup.getElement()?.querySelector('[aria-pressed="true"]')?.focus();
}

function card(facts, headers, ring) {
  const card = L.DomUtil.create('div', 'country');
  L.DomUtil.create('strong', '', card).textContent = facts.name;
  const list = L.DomUtil.create('dl', '', card);
  const area = facts.areaKm2.toLocaleString('en', {maximumSignificantDigits: 3});
  add(list, 'Code', `${facts.alpha2} · ${facts.alpha3} · ${facts.numeric}`);
  add(list, 'Area', `${area} km²`);
  add(list, 'Owner', ring.name(headers.get('Groupcache-Owner')));
  add(list, 'Came from', headers.get('Groupcache-Source'));
  return card;
}

function add(list, term, text) {
  L.DomUtil.create('dt', '', list).textContent = term;
  L.DomUtil.create('dd', '', list).textContent = text;
}
