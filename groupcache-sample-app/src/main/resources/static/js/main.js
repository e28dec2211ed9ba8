import {followChanges, latestChange} from './color-changes.js';
import {fetchStats, report, showCounts} from './counts.js';
import {showCountries} from './country.js';
import {showPeers} from './peers.js';
import {Ring} from './ring.js';
import {sources} from './sources.js';
import {tileLayer} from './tile-layer.js';
import {openView} from './view.js';

const WORLD = [[-85.06, -Infinity], [85.06, Infinity]];

// The last change is read before the first tile, so that no change in between is missed.
const [{self, peers}, last] = await Promise.all([fetchStats(), latestChange()]).catch((error) => {
  report(false);
  throw error;
});
const ring = new Ring(self, peers);

const map = L.map('map', {
  minZoom: 2,
  maxZoom: 10,
  maxBounds: WORLD,
  maxBoundsViscosity: 1,
  worldCopyJump: true,
});
map.attributionControl.setPrefix('<a href="https://leafletjs.com">Leaflet</a>');
openView(map);
const tiles = tileLayer(ring, sources()).addTo(map);
showPeers(ring, map);
showCounts();
showCountries(map, ring, followChanges(last, tiles));

const showRing = document.getElementById('show-ring');
showRing.addEventListener('change', () => {
  map.getContainer().classList.toggle('show-ring', showRing.checked);
});
