/** The layer of the map that is made of the ring's tiles. */

import {Tile} from './tile.js';

export function tileLayer(ring, onImage) {
  const tiles = new Map();

  const Layer = L.GridLayer.extend({
    createTile({x, y, z}, done) {
      const tile = new Tile(`${z}/${x}/${y}`, ring, onImage);
      tiles.set(tile.element, tile);
      tile.load().then(
          () => done(null, tile.element),
          (error) => {
            if (!tile.closed) {
              tile.element.classList.add('failed');
              done(error, tile.element);
            }
          });
      return tile.element;
    },

    /** Asks for all tiles again; gives how many there are, and how many have changed. */
    async refresh() {
      const asked = await Promise.allSettled([...tiles.values()].map((tile) => tile.load()));
      return {all: asked.length, changed: asked.filter(({value}) => value).length};
    },
  });

  return new Layer({
    noWrap: false,
    attribution: 'Made with <a href="https://www.naturalearthdata.com">Natural Earth</a>',
  }).on('tileunload', ({tile}) => {
    tiles.get(tile).close();
    tiles.delete(tile);
  });
}
