/** Lists the peers; the others are links to the same view on them. */

export function showPeers(ring, map) {
  const list = document.getElementById('peers');
  const peers = ring.peers.length ? ring.peers : [null];
  list.replaceChildren(...peers.map((peer) => entry(ring, peer)));
  document.getElementById('peers-hint').hidden = peers.length < 2;

  const follow = () => {
    for (const link of list.querySelectorAll('a')) {
      link.hash = location.hash;
    }
  };
  map.on('moveend', follow);
  follow();
}

function entry(ring, peer) {
  const isSelf = peer === ring.self;
  const label = document.createElement(isSelf ? 'span' : 'a');
  label.style.setProperty('--owner', ring.color(peer));
  label.append(dot(), ring.name(peer));
  if (isSelf) {
    label.className = 'self';
    label.title = 'The peer that this page talks to';
    label.append(peer ? ' (here)' : '');
  } else {
    label.href = peer;
    label.title = `The same view on ${peer}`;
  }
  const item = document.createElement('li');
  item.append(label);
  return item;
}

function dot() {
  const dot = document.createElement('span');
  dot.className = 'dot';
  return dot;
}
