import { createRecorder } from '../../recorder-edges.ts';
import type { ConnectRecorder } from '../recorder/recorder-properties.ts';

/** What `<viva-recorder>` loads when it is on the page; the gateway is where this script came from. */
export const connectRecorder: ConnectRecorder = ({ endpoint, tokenUrl, sessionId, token, endUserId }) =>
  createRecorder({
    endpoint: endpoint === null ? new URL(import.meta.url).origin : new URL(endpoint, document.baseURI).href.replace(/\/$/, ''),
    ...(tokenUrl === null ? {} : { tokenUrl: new URL(tokenUrl, document.baseURI).href }),
    ...(sessionId === null ? {} : { sessionId }),
    ...(token === null ? {} : { token }),
    ...(endUserId === null ? {} : { endUserId }),
  });
