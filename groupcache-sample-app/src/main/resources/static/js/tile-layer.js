/** A map layer that reads from each tile's headers who owns it and where it came from. */

export function tileLayer(ring, onTile) {
  const requests = new WeakMap();

  const Layer = L.GridLayer.extend({
    createTile(coords, done) {
      const tile = L.DomUtil.create('div', 'tile');
      const request = new AbortController();
      requests.set(tile, request);
      load(tile, coords, request.signal).then(
          () => done(null, tile),
          (error) => {
            if (!request.signal.aborted) {
              tile.classList.add('failed');
              done(error, tile);
            }
          });
      return tile;
    },
  });

  async function load(tile, {x, y, z}, signal) {
    const response = await fetch(`tiles/${z}/${x}/${y}.png`, {signal});
    if (!response.ok) {
      throw new Error(await response.text());
    }
    const owner = response.headers.get('Groupcache-Owner');
    const source = response.headers.get('Groupcache-Source');
    const image = await picture(await response.blob());
    tile.style.setProperty('--owner', ring.color(owner));
    tile.dataset.source = source;
    tile.append(image, badge(ring.name(owner), source));
    onTile(source);
  }

  return new Layer({
    noWrap: false,
    attribution: 'Made with <a href="https://www.naturalearthdata.com">Natural Earth</a>',
  }).on('tileunload', ({tile}) => requests.get(tile)?.abort());
}

async function picture(blob) {
  const image = new Image();
  image.alt = '';
  image.src = URL.createObjectURL(blob);
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}

function badge(owner, source) {
  const badge = L.DomUtil.create('span', 'badge');
  badge.setAttribute('aria-hidden', 'true');
  L.DomUtil.create('span', 'owner', badge).textContent = owner;
  L.DomUtil.create('span', 'source', badge).textContent = source;
  return badge;
}
