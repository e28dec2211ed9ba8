/** Shows what the group "countries" says of the country that is clicked. */

export function showCountryOnClick(map, ring) {
  map.on('click', async ({latlng}) => {
    const {lat, lng} = latlng.wrap();
    const popup = L.popup().setLatLng(latlng);
    if (await fill(popup, ring, `countries?latitude=${lat}&longitude=${lng}`)) {
      popup.openOn(map);
    }
  });
}

/** Whether there is a country to show. */
async function fill(popup, ring, url) {
  const response = await fetch(url);
  if (response.status !== 200) {
    return false;
  }
  const content = card(await response.json(), response.headers, ring);
  const button = L.DomUtil.create('button', '', content);
  button.textContent = 'Remove from the ring';
  button.title = 'All peers forget this country; the next get loads it anew';
  button.addEventListener('click', async () => {
    const key = new URL(response.url).pathname.split('/').pop();
    await fetch(`cache/countries?key=${key}`, {method: 'DELETE'});
    await fill(popup, ring, response.url);
  });
  popup.setContent(content);
  return true;
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
