import { createDesk } from '../../stream-edges.ts';
import type { ConnectStreams } from '../streams/stream-properties.ts';

/** What `<viva-streams>` loads to have a desk; the gateway is where this script came from unless the tag says otherwise. */
export const connectStreams: ConnectStreams = ({ endpoint, tokenUrl, tokenProvider, collection }) =>
  createDesk({
    connection: {
      baseUrl: endpoint === null ? new URL(import.meta.url).origin : new URL(endpoint, document.baseURI).href.replace(/\/$/, ''),
      ...(tokenUrl === null ? {} : { tokenUrl }),
      ...(tokenProvider === null ? {} : { token: tokenProvider }),
    },
    collection,
  });
