import { streamOf } from '../../player-edges.ts';
import type { ConnectFeed } from '../../session/player.ts';

/** What `<viva-player>` and `<viva-alerts>` load when they have something to play or to follow; the gateway is where this script came from. */

export { readCaptionFile, watchPicture } from '../../player-edges.ts';

export const connectStream: ConnectFeed = ({ endpoint, ...options }) =>
  streamOf({
    ...options,
    endpoint: endpoint === null ? new URL(import.meta.url).origin : new URL(endpoint, document.baseURI).href.replace(/\/$/, ''),
  });
