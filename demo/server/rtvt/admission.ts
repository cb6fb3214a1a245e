import { RTVT_CODE } from '../../../src/protocols/rtvt/messages-errors.ts';
import { RtvtFault } from './fault.ts';
import type { LaneLoad } from './lane-load.ts';

/** Whether one more stream can be taken. Refused at its beginning, it costs nobody late results. Pure. */

/** Streams of one connection; somebody who needs more opens another. */
const MOST_PER_CONNECTION = 16;

export interface Crowd {
  /** Streams of all connections. */
  readonly open: number;
  readonly most: number;
  /** Streams of this connection. */
  readonly ofConnection: number;
}

/** Throws 800107, saying why. `now`: `performance.now()` ms. */
export function admitStream({ open, most, ofConnection }: Crowd, load: Pick<LaneLoad, 'capacity' | 'lateMs'>, now: number): void {
  const refuse = (why: string): never => {
    throw new RtvtFault(RTVT_CODE.busy, `No more streams now: ${why}; try again shortly.`);
  };
  if (ofConnection >= MOST_PER_CONNECTION) refuse(`this connection has ${ofConnection} of ${MOST_PER_CONNECTION}`);
  if (open >= most) refuse(`${open} of ${most} are open`);
  const { capacity } = load;
  if (capacity !== null && open >= capacity) refuse(`recognition keeps up with ${capacity} at once, and ${open} are open`);
  const lateMs = load.lateMs(now);
  if (open > 0 && lateMs > 0) refuse(`recognition is ${lateMs} ms late`);
}
