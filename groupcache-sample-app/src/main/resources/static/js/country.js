/** Shows what the group "countries" says of the country that is clicked. */

export function showCountryOnClick(map, ring) {
  map.on('click', async ({latlng}) => {
    const {lat, lng} = latlng.wrap();
    const response = await fetch(`countries?latitude=${lat}&longitude=${lng}`);
    if (response.status === 200) {
      const facts = await response.json();
      L.popup().setLatLng(latlng).setContent(card(facts, response.headers, ring)).openOn(map);
    }
  });
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
