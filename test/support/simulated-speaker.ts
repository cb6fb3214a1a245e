import { interval, Observable } from 'rxjs';
import type { PlaybackCommand, PlaybackEvent } from '../../worklets/messages.ts';

/** A loudspeaker without sound: plays in real time and tells its position as the playback worklet does. */

interface Item {
  readonly itemId: string;
  readonly contentIndex: number;
  readonly rate: number;
  received: number;
  rendered: number;
  ended: boolean;
  started: boolean;
}

const TICK_MS = 20;
const TICKS_A_POSITION = 5;

export const simulatedSpeaker = (commands$: Observable<PlaybackCommand>): Observable<PlaybackEvent> =>
  new Observable((subscriber) => {
    let queue: Item[] = [];
    let ticks = 0;
    const position = (item: Item, playing: boolean): void => {
      const { itemId, contentIndex, rendered, received, rate } = item;
      subscriber.next({ type: 'position', itemId, contentIndex, rendered, received, rate, level: 0.2, playing });
    };
    const take = (command: PlaybackCommand): void => {
      if (command.type === 'play') {
        const { itemId, contentIndex, rate, pcm } = command;
        let item = queue.find((known) => known.itemId === itemId);
        if (item === undefined)
          queue.push((item = { itemId, contentIndex, rate, received: 0, rendered: 0, ended: false, started: false }));
        item.received += pcm.byteLength / 2;
      } else if (command.type === 'end') {
        const item = queue.find((known) => known.itemId === command.itemId);
        if (item !== undefined) item.ended = true;
      } else if (command.type === 'flush') {
        const item = queue[0];
        queue = [];
        subscriber.next({
          type: 'flushed',
          id: command.id,
          itemId: item?.itemId ?? null,
          contentIndex: item?.contentIndex ?? 0,
          rendered: item?.rendered ?? 0,
          received: item?.received ?? 0,
          rate: item?.rate ?? 24_000,
        });
      }
    };
    const tick = (): void => {
      const item = queue[0];
      if (item === undefined) return;
      if (!item.started) {
        item.started = true;
        subscriber.next({ type: 'started', itemId: item.itemId, at: performance.now() / 1000 });
      }
      item.rendered = Math.min(item.received, item.rendered + (item.rate * TICK_MS) / 1000);
      if (++ticks % TICKS_A_POSITION === 0) position(item, true);
      if (!item.ended || item.rendered < item.received) return;
      position(item, queue.length > 1);
      queue.shift();
      subscriber.next({ type: 'finished', itemId: item.itemId });
    };
    const both = commands$.subscribe(take);
    both.add(interval(TICK_MS).subscribe(tick));
    return both;
  });
