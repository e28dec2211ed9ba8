/** Keeps the view of the map in the address, so that it can be shared and opened on other peers. */

const FIRST_VIEW = {zoom: 3, center: [34, 12]};

export function openView(map) {
  const view = fromHash() ?? FIRST_VIEW;
  map.setView(view.center, view.zoom);
  map.on('moveend', () => {
    const {lat, lng} = map.getCenter();
    history.replaceState(null, '', `#${map.getZoom()}/${lat.toFixed(3)}/${lng.toFixed(3)}`);
  });
}

function fromHash() {
  const [zoom, lat, lng] = location.hash.slice(1).split('/').map(Number);
  return [zoom, lat, lng].every(Number.isFinite) ? {zoom, center: [lat, lng]} : null;
}
