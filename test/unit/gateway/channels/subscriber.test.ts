import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Peer } from '../../../../demo/server/http/sockets.ts';
import { frameBody, frameText } from '../../../../demo/server/rtstream/channels/frame-text.ts';
import type { KeptFrame } from '../../../../demo/server/rtstream/channels/kept-frames.ts';
import { Subscriber } from '../../../../demo/server/rtstream/channels/subscriber.ts';

const log = pino({ level: 'silent' });
type Json = Record<string, unknown>;

function peer() {
  const told: Json[] = [];
  const closed: { code: number; reason: string }[] = [];
  let drained = (): void => undefined;
  let slow = false;
  const one: Peer = {
    crowded: false,
    get open() {
      return closed.length === 0;
    },
    tell: (text) => void told.push(JSON.parse(text.toString()) as Json),
    drained: () => (slow ? new Promise((resolve) => (drained = resolve)) : Promise.resolve()),
    close: (code, reason) => void closed.push({ code, reason }),
    onMessage: () => undefined,
    onClose: () => undefined,
  };
  return { one, told, closed, slow: () => (slow = true), read: () => drained() };
}

const body = (text: string): string => frameBody({ channel: 'transcript', data: { text } });
const live = (seq: number): Buffer => Buffer.from(frameText(body(`live ${seq}`), seq, 1));
const parts = { log, hello: { connection_id: 'ws-1' }, nowSeq: 9, oldestMs: 0, mostKept: 100 };
const seqs = (told: readonly Json[]): unknown[] => told.slice(1).map(({ seq }) => seq);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a subscriber', () => {
  it('is greeted at once, and hears what comes', () => {
    const { one, told } = peer();
    const subscriber = new Subscriber(one, { ...parts, missed: null });
    subscriber.tell(10, live(10), false);
    expect(told).toMatchObject([{ connection_id: 'ws-1', seq: 9 }, { seq: 10 }]);
  });

  it('hears each frame once and in order, also those that come while it is told what it missed', async () => {
    const { one, told } = peer();
    let found = (_frames: readonly KeptFrame[]): void => undefined;
    const missed = { since: 5, after: () => new Promise<readonly KeptFrame[]>((resolve) => (found = resolve)) };
    const subscriber = new Subscriber(one, { ...parts, missed });
    // Written before the table was read: it comes by both ways.
    subscriber.tell(10, live(10), false);
    subscriber.tell(11, live(11), false);
    subscriber.tell(12, live(12), true);
    expect(told).toEqual([]);
    found([6, 8, 10].map((seq) => ({ seq, body: body(`kept ${seq}`) })));
    await turn();
    subscriber.tell(13, live(13), true);
    expect(told[0]).toMatchObject({ replay: { since: 5, frames: 3, complete: true } });
    expect(seqs(told)).toEqual([6, 8, 10, 11, 13]);
  });

  it('waits for a slow reader, and gives it up when too much comes meanwhile', async () => {
    const { one, told, closed, slow, read } = peer();
    slow();
    const missed = { since: 5, after: () => Promise.resolve([{ seq: 6, body: body('kept') }]) };
    const subscriber = new Subscriber(one, { ...parts, missed });
    await turn();
    expect(told).toHaveLength(1);
    for (let seq = 10; seq < 2010; seq++) subscriber.tell(seq, live(seq), false);
    expect(closed).toEqual([]);
    subscriber.tell(2010, live(2010), false);
    expect(closed).toMatchObject([{ code: 1013 }]);
    read();
  });

  it('is told when what it missed cannot be read', async () => {
    const { one, closed } = peer();
    new Subscriber(one, { ...parts, missed: { since: 5, after: () => Promise.reject(new Error('no database')) } });
    await turn();
    expect(closed).toEqual([{ code: 1011, reason: 'What you missed cannot be read now.' }]);
  });
});

describe('a frame as text', () => {
  it('has its number and the gateway’s clock', () => {
    expect(JSON.parse(frameText(body('a'), 7, 99, true))).toEqual({
      channel: 'transcript',
      data: { text: 'a' },
      seq: 7,
      server_now: 99,
      replayed: true,
    });
  });

  it.each([
    [
      { text: '€'.repeat(200_000), start: 1, end: 2, id: 'x' },
      { start: 1, end: 2, id: 'x', truncated: true },
    ],
    [
      { start: 1, words: Array(50_000).fill('word') },
      { start: 1, truncated: true },
    ],
    [Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`k${at}`, 'v'])), { truncated: true }],
  ])('is cut where it is too large: %#', (data, expected) => {
    const text = frameBody({ channel: 'scene_index', data });
    expect(Buffer.byteLength(text)).toBeLessThan(256 * 1024);
    expect(JSON.parse(text)).toMatchObject({ channel: 'scene_index', data: expected });
  });
});
