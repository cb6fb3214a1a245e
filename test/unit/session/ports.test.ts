import { Observable, Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { speakerOn } from '../../../src/session/ports.ts';
import type { PlaybackCommand, PlaybackEvent } from '../../../worklets/messages.ts';

/** The loudspeaker's port is asked for when it is time, and nothing is lost while it is on its way. */

function speaker() {
  const commands$ = new Subject<PlaybackCommand>();
  const soon$ = new Subject<void>();
  const given$ = new Subject<MessagePort>();
  const sent: PlaybackCommand[] = [];
  const told: PlaybackEvent[] = [];
  let asked = 0;
  const port$ = new Observable<MessagePort>((subscriber) => {
    asked += 1;
    return given$.subscribe(subscriber);
  });
  const port = { postMessage: (command: PlaybackCommand) => sent.push(command), close: () => undefined };
  const subscription = speakerOn(port$, soon$)(commands$).subscribe((event) => told.push(event));
  return {
    commands$,
    soon$,
    sent,
    told,
    subscription,
    asked: () => asked,
    give: () => {
      given$.next(port as unknown as MessagePort);
    },
  };
}

const play = (itemId: string): PlaybackCommand => ({
  type: 'play',
  itemId,
  contentIndex: 0,
  rate: 24_000,
  pcm: new ArrayBuffer(2),
});

describe('speakerOn', () => {
  it('asks for the port when it is soon wanted, once', () => {
    const it = speaker();
    expect(it.asked()).toBe(0);
    it.soon$.next();
    it.soon$.next();
    it.commands$.next(play('a'));
    expect(it.asked()).toBe(1);
  });

  it('asks at the first sound when that comes before, and plays it', () => {
    const it = speaker();
    it.commands$.next({ type: 'duck', gain: 1, ms: 0 });
    expect(it.asked()).toBe(0);
    it.commands$.next(play('a'));
    expect(it.asked()).toBe(1);
    it.commands$.next({ type: 'end', itemId: 'a' });
    it.give();
    expect(it.sent.map(({ type }) => type)).toEqual(['duck', 'play', 'end']);
  });

  it('a cut before the port is there forgets what waited, and is answered', () => {
    const it = speaker();
    it.commands$.next(play('a'));
    it.commands$.next({ type: 'flush', id: 7 });
    it.give();
    expect(it.sent).toEqual([]);
    expect(it.told).toMatchObject([{ type: 'flushed', id: 7, itemId: null, rendered: 0 }]);
  });

  it('asks for nothing any more once it is let go of', () => {
    const it = speaker();
    it.subscription.unsubscribe();
    it.soon$.next();
    it.commands$.next(play('a'));
    expect(it.asked()).toBe(0);
  });
});
