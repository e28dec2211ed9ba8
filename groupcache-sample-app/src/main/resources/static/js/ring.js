/** The peers of the ring: how each is called and coloured. */

// Okabe and Ito's colours, which most colour-blind people can tell apart.
const COLORS = ['#0072b2', '#d55e00', '#009e73', '#b4508f', '#8a6d00', '#3f6fd8', '#7a4b2a', '#5b5f66'];

export class Ring {
  constructor(self, peers) {
    this.self = self;
    this.peers = peers;
  }

  /** A peer's colour; the only peer of a ring of one may have no URL. */
  color(peer) {
    return COLORS[Math.max(0, this.peers.indexOf(peer)) % COLORS.length];
  }

  /** A peer's short name: its port, or its host where that tells more. */
  name(peer) {
    if (!peer) {
      return 'this peer';
    }
    const hosts = new Set(this.peers.map((other) => new URL(other).hostname));
    const url = new URL(peer);
    return hosts.size > 1 || !url.port ? url.host : url.port;
  }
}
