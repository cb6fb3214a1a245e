import {
  captureChannels,
  type CaptureChannelId,
  type CaptureChunk,
  type CaptureEnd,
  type UploadProgress,
} from '../../shared/capture.ts';
import type { ChannelStored, ClientMessage, SequencedChunk } from './codec.ts';

/** What was recorded and is not stored yet: kept over lost connections, in order, and bounded by what may wait. */

export interface QueueLimits {
  /** Of one channel, ms. */
  readonly bufferedMs: number;
  /** Of all channels. */
  readonly bufferedBytes: number;
  /** Bytes that may be on their way without an answer. */
  readonly inFlightBytes: number;
}

const queueLimits: QueueLimits = { bufferedMs: 30_000, bufferedBytes: 64 * 1024 * 1024, inFlightBytes: 2 * 1024 * 1024 };

/** What goes out next. */
export type Outgoing =
  { readonly type: 'chunk'; readonly chunk: SequencedChunk } | { readonly type: 'message'; readonly message: ClientMessage };

interface Lane {
  /** Oldest first; none of them is known to be stored. */
  waiting: SequencedChunk[];
  /** The newest sequence given. */
  last: number;
  /** The newest sequence that this connection was told of, by chunk or by `dropped`. */
  sent: number;
  stored: number;
  /** Ranges that were given up and that the gateway has not confirmed, oldest first. */
  dropped: { readonly from: number; readonly to: number }[];
  ended: { readonly reason: CaptureEnd; told: boolean } | null;
  /** A group was given up while it grew: the rest of it is of no use. */
  broken: boolean;
  /** A gateway has told what it has. */
  greeted: boolean;
}

/**
 * One for a whole capture. `open` begins a connection, `take` gives what may go out on it now, `acknowledge` hears the gateway. A chunk is
 * handed out once a connection; what was not acknowledged when it broke is handed out again on the next.
 */
export class UploadQueue {
  readonly #limits: QueueLimits;
  readonly #lanes = new Map<CaptureChannelId, Lane>();
  #connected = false;
  #greeted = false;
  #paused: { readonly paused: boolean; readonly atMs: number } | null = null;
  #pausedTold = true;
  #stop: 'no' | 'wanted' | 'told' = 'no';
  #bytes = 0;
  #inFlight = 0;
  #storedBytes = 0;
  #droppedMs = 0;
  #droppedChunks = 0;

  constructor(limits: QueueLimits = queueLimits) {
    this.#limits = limits;
  }

  add(chunk: CaptureChunk): void {
    if (this.#stop !== 'no') return;
    const lane = this.#lane(chunk.channel);
    lane.last += 1;
    const sequenced = { ...chunk, sequence: lane.last };
    lane.broken &&= !chunk.init && !chunk.key;
    if (lane.broken) {
      this.#giveUp(lane, [sequenced]);
      return;
    }
    lane.waiting.push(sequenced);
    this.#bytes += chunk.bytes.byteLength;
    if (spanMs(lane.waiting) > this.#limits.bufferedMs) this.#drop(lane);
    while (this.#bytes > this.#limits.bufferedBytes && this.#drop(this.#fullest()));
  }

  end(channel: CaptureChannelId, reason: CaptureEnd): void {
    const lane = this.#lane(channel);
    lane.ended ??= { reason, told: false };
  }

  pause(paused: boolean, atMs: number): void {
    this.#paused = { paused, atMs };
    this.#pausedTold = false;
  }

  stop(): void {
    if (this.#stop === 'no') this.#stop = 'wanted';
  }

  /** A new connection: the gateway tells what it has. */
  open(channels: readonly ChannelStored[]): void {
    this.#connected = true;
    this.#inFlight = 0;
    for (const lane of this.#lanes.values()) {
      lane.sent = lane.stored;
      if (lane.ended !== null) lane.ended.told = false;
    }
    this.#pausedTold = this.#paused === null;
    if (this.#stop === 'told') this.#stop = 'wanted';
    for (const { channel, stored } of channels) {
      const lane = this.#lane(channel);
      // A page before this one recorded for the same session: what is here comes behind it.
      if (!lane.greeted) shift(lane, stored);
      this.acknowledge(channel, stored);
    }
    for (const lane of this.#lanes.values()) lane.greeted = true;
    this.#greeted = true;
  }

  close(): void {
    this.#connected = false;
  }

  /** Everything up to `stored` is safe; what the gateway cannot have is not believed. */
  acknowledge(channel: CaptureChannelId, stored: number): void {
    const lane = this.#lanes.get(channel);
    if (lane === undefined || stored <= lane.stored || stored > lane.last) return;
    const { sent } = lane;
    lane.stored = stored;
    lane.sent = Math.max(sent, stored);
    lane.dropped = lane.dropped.filter(({ to }) => to > stored);
    const done = lane.waiting.findIndex(({ sequence }) => sequence > stored);
    const confirmed = lane.waiting.splice(0, done === -1 ? lane.waiting.length : done);
    for (const { sequence, bytes } of confirmed) {
      this.#bytes -= bytes.byteLength;
      this.#storedBytes += bytes.byteLength;
      if (sequence <= sent) this.#inFlight -= bytes.byteLength;
    }
  }

  /** The next thing for the wire, or null when there is none or enough is on its way. */
  take(): Outgoing | null {
    if (!this.#connected) return null;
    if (!this.#pausedTold && this.#paused !== null) {
      this.#pausedTold = true;
      return say({ type: 'paused', ...this.#paused });
    }
    for (const [channel, lane] of this.#inTurn()) {
      const gap = lane.dropped.find(({ to }) => to > lane.sent);
      const chunk = lane.waiting.find(({ sequence }) => sequence > lane.sent);
      if (gap !== undefined && (chunk === undefined || gap.from < chunk.sequence)) {
        lane.sent = gap.to;
        return say({ type: 'dropped', channel, ...gap });
      }
      if (chunk !== undefined) {
        if (this.#inFlight > 0 && this.#inFlight + chunk.bytes.byteLength > this.#limits.inFlightBytes) return null;
        lane.sent = chunk.sequence;
        this.#inFlight += chunk.bytes.byteLength;
        return { type: 'chunk', chunk };
      }
      if (lane.ended !== null && !lane.ended.told) {
        lane.ended.told = true;
        return say({ type: 'ended', channel, last: lane.last, reason: lane.ended.reason });
      }
    }
    if (this.#stop !== 'wanted') return null;
    this.#stop = 'told';
    const last: Partial<Record<CaptureChannelId, number>> = {};
    for (const [channel, lane] of this.#lanes) last[channel] = lane.last;
    return say({ type: 'stop', last });
  }

  get progress(): UploadProgress {
    const spans = [...this.#lanes.values()].map(({ waiting }) => spanMs(waiting));
    return {
      bufferedMs: Math.round(Math.max(0, ...spans)),
      bufferedBytes: this.#bytes,
      storedBytes: this.#storedBytes,
      droppedMs: Math.round(this.#droppedMs),
      droppedChunks: this.#droppedChunks,
    };
  }

  #lane(channel: CaptureChannelId): Lane {
    const known = this.#lanes.get(channel);
    if (known !== undefined) return known;
    const lane: Lane = {
      waiting: [],
      last: 0,
      sent: 0,
      stored: 0,
      dropped: [],
      ended: null,
      broken: false,
      greeted: this.#greeted,
    };
    this.#lanes.set(channel, lane);
    return lane;
  }

  /** The channel that is furthest behind comes first, so that none starves. */
  #inTurn(): readonly (readonly [CaptureChannelId, Lane])[] {
    const next = ({ waiting, sent }: Lane): number => waiting.find(({ sequence }) => sequence > sent)?.capturedMs ?? Infinity;
    return [...this.#lanes].sort(
      ([a, x], [b, y]) => next(x) - next(y) || captureChannels.indexOf(a) - captureChannels.indexOf(b),
    );
  }

  #fullest(): Lane {
    const bytes = (lane: Lane): number => lane.waiting.reduce((sum, chunk) => sum + chunk.bytes.byteLength, 0);
    return [...this.#lanes.values()].reduce((most, lane) => (bytes(lane) > bytes(most) ? lane : most));
  }

  /** Gives up the oldest frames up to where a decoder can begin again; what it begins with stays. False = nothing to give up. */
  #drop(lane: Lane): boolean {
    const { waiting } = lane;
    const useless = waiting[0]?.init === true && waiting[1]?.init === true;
    const first = useless ? 0 : waiting.findIndex(({ init }) => !init);
    if (first === -1) return false;
    const later = waiting.findIndex(({ init, key }, index) => index > first && (init || key));
    lane.broken = later === -1;
    const given = waiting.splice(first, (later === -1 ? waiting.length : later) - first);
    for (const { sequence, bytes } of given) {
      this.#bytes -= bytes.byteLength;
      if (sequence <= lane.sent) this.#inFlight -= bytes.byteLength;
    }
    this.#giveUp(lane, given);
    return true;
  }

  #giveUp(lane: Lane, given: readonly SequencedChunk[]): void {
    const [from, to] = [given[0], given.at(-1)];
    if (from === undefined || to === undefined) return;
    this.#droppedChunks += given.length;
    this.#droppedMs += to.toMs - from.fromMs;
    const before = lane.dropped.at(-1);
    if (before?.to === from.sequence - 1) lane.dropped.splice(-1, 1, { from: before.from, to: to.sequence });
    else lane.dropped.push({ from: from.sequence, to: to.sequence });
  }
}

/** Nothing of it was sent yet, so nobody knows it by its old numbers. */
function shift(lane: Lane, by: number): void {
  lane.waiting = lane.waiting.map((chunk) => ({ ...chunk, sequence: chunk.sequence + by }));
  lane.dropped = lane.dropped.map(({ from, to }) => ({ from: from + by, to: to + by }));
  lane.last += by;
  lane.sent = by;
  lane.stored = by;
}

const say = (message: ClientMessage): Outgoing => ({ type: 'message', message });

/** ms of media in a row of chunks; what lies between recordings is none. */
function spanMs(chunks: readonly SequencedChunk[]): number {
  let sum = 0;
  let before: SequencedChunk | null = null;
  for (const chunk of chunks) {
    if (chunk.init) continue;
    sum += chunk.toMs - (before?.epoch === chunk.epoch ? before.toMs : chunk.fromMs);
    before = chunk;
  }
  return sum;
}
