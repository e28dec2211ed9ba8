/** A square of the map, whose headers say who owns it and where it came from. */

export class Tile {
  element = L.DomUtil.create('div', 'tile');
  #key;
  #ring;
  #onImage;
  #etag;
  #loaded = Promise.resolve();
  #request = new AbortController();

  constructor(key, ring, onImage) {
    this.#key = key;
    this.#ring = ring;
    this.#onImage = onImage;
    this.element.dataset.key = key;
  }

  /** Asks for the image, once it has come that was asked for before; gives whether it is new. */
  load() {
    this.#loaded = this.#loaded.catch(() => {}).then(() => this.#ask());
    return this.#loaded;
  }

  close() {
    this.#request.abort();
  }

  get closed() {
    return this.#request.signal.aborted;
  }

  async #ask() {
    const response = await fetch(`tiles/${this.#key}.png`, {
      headers: this.#etag ? {'If-None-Match': this.#etag} : {},
      signal: this.#request.signal,
    });
    if (response.status === 304) {
      return false;
    }
    if (!response.ok) {
      throw new Error(await response.text());
    }
    this.#show(await picture(await response.blob()), response.headers);
    return true;
  }

  #show(image, headers) {
    const owner = headers.get('Groupcache-Owner');
    const source = headers.get('Groupcache-Source');
    this.element.classList.remove('failed');
    this.element.style.setProperty('--owner', this.#ring.color(owner));
    this.element.dataset.source = source;
    this.element.replaceChildren(image, badge(this.#ring.name(owner), source));
    if (this.#etag) {
      L.DomUtil.create('span', 'flash', this.element);
    }
    this.#etag = headers.get('ETag');
    this.#onImage(source);
  }
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
