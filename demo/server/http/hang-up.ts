import type { Duplex } from 'node:stream';

/** The end of a connection that this side wants: servers of HTTP let the other side stay after it, and a stranger would stay for ever. */

/** For what was sent last to be read, ms. */
const LEAVE_MS = 1000;

/** `lastWords`: sent before. What still comes is not read. */
export function hangUp(socket: Duplex, lastWords = ''): void {
  const late = setTimeout(() => socket.destroy(), LEAVE_MS);
  late.unref();
  socket.once('close', () => clearTimeout(late));
  socket.on('error', () => socket.destroy());
  socket.resume();
  if (lastWords === '') socket.end();
  else socket.end(lastWords);
}
