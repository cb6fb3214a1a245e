import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaptureChannelId, CaptureChunk } from '../../../../src/shared/capture.ts';
import { UploadQueue, type QueueLimits } from '../../../../src/protocols/capture/upload-queue.ts';

const limits: QueueLimits = { bufferedMs: 30_000, bufferedBytes: 1e9, inFlightBytes: 1e6 };

const chunkAt = (channel: CaptureChannelId, fromMs: number, more: Partial<CaptureChunk> = {}): CaptureChunk => ({
  channel,
  epoch: 1,
  init: false,
  key: fromMs % 1000 === 0,
  capturedMs: 1_000_000 + fromMs + 200,
  fromMs,
  toMs: fromMs + 200,
  bytes: new Uint8Array(100),
  ...more,
});
const head = (channel: CaptureChannelId, epoch = 1): CaptureChunk => ({
  ...chunkAt(channel, 0),
  epoch,
  init: true,
  key: false,
  toMs: 0,
});

/** A gateway as the queue knows it: stores in order, remembers what was told to be lost. */
class Gateway {
  readonly stored = new Map<CaptureChannelId, number[]>();
  readonly lost = new Map<CaptureChannelId, number[]>();
  readonly #up = new Map<CaptureChannelId, number>();
  over = false;
  last: Partial<Record<CaptureChannelId, number>> | null = null;

  has(channel: CaptureChannelId): number {
    return this.#up.get(channel) ?? 0;
  }

  /** Throws where the order is broken. */
  hear(next: NonNullable<ReturnType<UploadQueue['take']>>): CaptureChannelId | null {
    if (next.type === 'chunk') {
      const { channel, sequence } = next.chunk;
      if (sequence <= this.has(channel)) return channel;
      if (sequence !== this.has(channel) + 1) throw new Error(`${sequence} after ${this.has(channel)}`);
      this.#up.set(channel, sequence);
      this.stored.set(channel, [...(this.stored.get(channel) ?? []), sequence]);
      return channel;
    }
    const { message } = next;
    if (message.type === 'dropped') {
      const { channel, from, to } = message;
      if (from > this.has(channel) + 1) throw new Error(`${from} lost after ${this.has(channel)}`);
      for (let each = Math.max(from, this.has(channel) + 1); each <= to; each += 1)
        this.lost.set(channel, [...(this.lost.get(channel) ?? []), each]);
      this.#up.set(channel, Math.max(to, this.has(channel)));
      return channel;
    }
    if (message.type === 'stop') [this.over, this.last] = [true, message.last];
    return null;
  }

  /** What a welcome says. */
  get told() {
    return [...this.#up].map(([channel, stored]) => ({ channel, stored, stream: null }));
  }
}

const drain = (queue: UploadQueue, gateway: Gateway, most = Infinity): void => {
  for (let sent = 0; sent < most; sent += 1) {
    const next = queue.take();
    if (next === null) return;
    const channel = gateway.hear(next);
    if (channel !== null) queue.acknowledge(channel, gateway.has(channel));
  }
};

describe('the queue of an upload', () => {
  it('stores every chunk exactly once and in order, wherever the connection is cut, or tells which were given up', () => {
    const action = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ do: fc.constant('add' as const), channel: fc.constantFrom('mic' as const, 'screen' as const) }),
      },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), reached: fc.boolean(), acked: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constant({ do: 'cut' as const }) },
      { weight: 1, arbitrary: fc.constant({ do: 'connect' as const }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('away' as const), chunks: fc.integer({ min: 100, max: 400 }) }) },
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 120 }), (actions) => {
        const queue = new UploadQueue({ ...limits, inFlightBytes: 350 });
        const gateway = new Gateway();
        const at = { mic: 0, screen: 0 };
        const given = { mic: 0, screen: 0 };
        const add = (channel: 'mic' | 'screen'): void => {
          if (at[channel] === 0 && given[channel] === 0) queue.add(head(channel));
          else {
            queue.add(chunkAt(channel, at[channel]));
            at[channel] += 200;
          }
          given[channel] += 1;
        };
        let cut = true;
        for (const each of actions) {
          if (each.do === 'add') add(each.channel);
          else if (each.do === 'away') for (let count = 0; count < each.chunks; count += 1) add('screen');
          else if (each.do === 'connect' || cut) {
            queue.close();
            queue.open(gateway.told);
            cut = false;
          } else if (each.do === 'cut') {
            queue.close();
            cut = true;
            expect(queue.take()).toBeNull();
          } else {
            const next = queue.take();
            if (next === null) continue;
            // Lost on the way there: from here on the connection is dead; lost on the way back: the answer alone is.
            if (!each.reached) {
              queue.close();
              cut = true;
              continue;
            }
            const channel = gateway.hear(next);
            if (each.acked && channel !== null) queue.acknowledge(channel, gateway.has(channel));
          }
        }
        queue.stop();
        queue.close();
        queue.open(gateway.told);
        drain(queue, gateway);
        expect(gateway.over).toBe(true);
        for (const channel of ['mic', 'screen'] as const) {
          const stored = gateway.stored.get(channel) ?? [];
          const lost = gateway.lost.get(channel) ?? [];
          const all = [...stored, ...lost].sort((a, b) => a - b);
          expect(all).toEqual(Array.from({ length: given[channel] }, (_, index) => index + 1));
          expect(stored).toEqual([...stored].sort((a, b) => a - b));
          expect(gateway.last?.[channel] ?? 0).toBe(given[channel]);
        }
        expect(queue.progress.bufferedBytes).toBe(0);
        const told = ['mic' as const, 'screen' as const].reduce(
          (sum, channel) => sum + (gateway.lost.get(channel)?.length ?? 0),
          0,
        );
        expect(queue.progress.droppedChunks).toBeGreaterThanOrEqual(told);
      }),
      { numRuns: 300 },
    );
  });

  it('survives a cut after each single message of an exchange', () => {
    const play = (cutAfter: number): { readonly gateway: Gateway; readonly messages: number } => {
      const queue = new UploadQueue({ ...limits, inFlightBytes: 350 });
      const gateway = new Gateway();
      queue.add(head('mic'));
      for (let at = 0; at < 4000; at += 200) queue.add(chunkAt('mic', at));
      queue.pause(true, 5);
      queue.end('mic', 'lost');
      queue.stop();
      queue.open([]);
      let messages = 0;
      for (let next = queue.take(); next !== null; next = queue.take()) {
        messages += 1;
        const channel = gateway.hear(next);
        if (messages === cutAfter) {
          gateway.over = false;
          queue.close();
          queue.open(gateway.told);
        } else if (channel !== null) queue.acknowledge(channel, gateway.has(channel));
      }
      return { gateway, messages };
    };
    const { messages } = play(Infinity);
    for (let cutAfter = 1; cutAfter <= messages; cutAfter += 1) {
      const { gateway } = play(cutAfter);
      expect(gateway.stored.get('mic')).toHaveLength(21);
      expect(gateway.over).toBe(true);
    }
  });

  it('keeps half a minute and gives up whole groups, oldest first, but never what a decoder begins with', () => {
    const queue = new UploadQueue(limits);
    const gateway = new Gateway();
    queue.add(head('camera'));
    for (let at = 0; at < 45_000; at += 200) queue.add(chunkAt('camera', at));
    expect(queue.progress).toMatchObject({ bufferedMs: 30_000, droppedMs: 15_000, droppedChunks: 75 });
    queue.open([]);
    drain(queue, gateway);
    expect(gateway.stored.get('camera')?.slice(0, 3)).toEqual([1, 77, 78]);
    expect(gateway.lost.get('camera')).toHaveLength(75);
  });

  it('gives up a group that never ends, and what still comes of it', () => {
    const queue = new UploadQueue({ ...limits, bufferedMs: 1000 });
    const gateway = new Gateway();
    queue.add(head('screen'));
    for (let at = 0; at < 3000; at += 200) queue.add(chunkAt('screen', at, { key: at === 0 || at === 2800 }));
    queue.open([]);
    drain(queue, gateway);
    // The head and the last key frame; a decoder could do nothing with what lies between.
    expect(gateway.stored.get('screen')).toEqual([1, 16]);
  });

  it('counts pauses as no time that is kept', () => {
    const queue = new UploadQueue(limits);
    queue.add(head('mic'));
    queue.add(chunkAt('mic', 0));
    queue.add(head('mic', 2));
    queue.add(chunkAt('mic', 0, { epoch: 2, capturedMs: 9_000_000 }));
    expect(queue.progress.bufferedMs).toBe(400);
  });

  it('is bounded in bytes: the fullest channel gives way', () => {
    const queue = new UploadQueue({ ...limits, bufferedBytes: 10_000 });
    queue.add(head('mic'));
    queue.add(chunkAt('mic', 0));
    queue.add(head('screen'));
    for (let at = 0; at < 20_000; at += 1000) queue.add(chunkAt('screen', at, { bytes: new Uint8Array(2000) }));
    const { bufferedBytes, droppedChunks } = queue.progress;
    expect(bufferedBytes).toBeLessThanOrEqual(10_000);
    const gateway = new Gateway();
    queue.open([]);
    drain(queue, gateway);
    expect(gateway.stored.get('mic')).toEqual([1, 2]);
    expect(droppedChunks).toBeGreaterThan(10);
  });

  it('has only so much on its way without an answer', () => {
    const queue = new UploadQueue({ ...limits, inFlightBytes: 250 });
    queue.add(head('mic'));
    for (let at = 0; at < 1000; at += 200) queue.add(chunkAt('mic', at));
    queue.open([]);
    expect([queue.take(), queue.take(), queue.take()].map((next) => next?.type)).toEqual(['chunk', 'chunk', undefined]);
    queue.acknowledge('mic', 1);
    expect(queue.take()?.type).toBe('chunk');
    expect(queue.take()).toBeNull();
  });

  it('does not believe a gateway that has more than was sent', () => {
    const queue = new UploadQueue(limits);
    queue.add(head('mic'));
    queue.open([]);
    queue.open([{ channel: 'mic', stored: 0, stream: null }]);
    queue.acknowledge('mic', 7);
    expect(queue.take()?.type).toBe('chunk');
  });

  it('goes on behind what an earlier page recorded for the same session', () => {
    const queue = new UploadQueue(limits);
    queue.add(head('mic'));
    queue.open([
      { channel: 'mic', stored: 7, stream: null },
      { channel: 'screen', stored: 3, stream: null },
    ]);
    queue.add(head('screen'));
    const sequences = [queue.take(), queue.take()].map((next) => (next?.type === 'chunk' ? next.chunk.sequence : null));
    expect(sequences.sort()).toEqual([4, 8]);
  });
});
