/** Plays 16-bit sound of one item after the other at the device's rate, and knows of each how much was rendered. */

import { Ramp } from './ramp.ts';
import { RationalResampler } from './resampler.ts';
import { StartReserve } from './reserve.ts';
import { Ring } from './ring.ts';

/** ms of every fade. */
const FADE_MS = 5;
/** ms that the playback filter may add; 1.3 is 64 taps a phase at 24 kHz. */
const DELAY_MS = 1.34;
/** ms for a change of volume. */
const VOLUME_MS = 20;
/** Items remembered after their sound is out, in case their end is told later. */
const REMEMBERED = 16;
/** Frames rendered at once. */
const BLOCK = 128;

/** The sound of one content part of one item; samples at its own rate. */
export interface PlayedItem {
  readonly id: string;
  readonly contentIndex: number;
  /** Hz */
  readonly rate: number;
  received: number;
  rendered: number;
  started: boolean;
  ended: boolean;
}

/** Sound of one item that is contiguous in the ring. */
interface Segment {
  readonly item: PlayedItem;
  unread: number;
}

export interface PlaybackSink {
  started(item: PlayedItem): void;
  finished(item: PlayedItem): void;
  ranDry(item: PlayedItem, missingMs: number): void;
}

interface Voice {
  readonly resampler: RationalResampler;
  readonly source: Float32Array;
}

export class PlaybackQueue {
  /** Sound of an item is coming out. */
  playing = false;
  readonly #rate: number;
  readonly #sink: PlaybackSink;
  readonly #ring: Ring;
  readonly #reserve = new StartReserve();
  readonly #segments: Segment[] = [];
  #remembered: PlayedItem[] = [];
  readonly #voices = new Map<number, Voice>();
  readonly #block = new Float32Array(BLOCK);
  readonly #volume = new Ramp(1);
  readonly #duck = new Ramp(1);
  /** Gain of the short fades. */
  #fade = 1;
  /** The last 5 ms before a flush, and where its reader is. */
  readonly #tail: Float32Array;
  #tailAt: number;
  /** The one in use; null when none has a past worth keeping. */
  #voice: Voice | null = null;
  /** Of the run since sound last started: samples rendered before it, read in it, silence appended to it to empty the filter. */
  #before = 0;
  #read = 0;
  #appended = 0;
  /** Frames of silence in the middle of an item. */
  #missing = 0;

  /** `rate`: the device's, in whole Hz. */
  constructor(rate: number, sink: PlaybackSink, ring = new Ring()) {
    this.#rate = rate;
    this.#sink = sink;
    this.#ring = ring;
    this.#tail = new Float32Array(Math.floor((rate * FADE_MS) / 1000));
    this.#tailAt = this.#tail.length;
  }

  /** The item whose sound is next or coming out. */
  get current(): PlayedItem | null {
    for (let index = 0; index < this.#segments.length; index++) {
      const { item, unread } = this.#segments[index]!;
      if (unread > 0 || index === this.#segments.length - 1) return item;
    }
    return null;
  }

  /** False, and nothing queued, when there is no room. `now` in ms on a steady clock. */
  play(id: string, contentIndex: number, rate: number, pcm: Int16Array, now: number): boolean {
    if (!this.#ring.write(pcm)) return false;
    const item =
      this.#remembered.find((known) => known.id === id && known.contentIndex === contentIndex) ??
      this.#remember(id, contentIndex, rate);
    item.received += pcm.length;
    const last = this.#segments.at(-1);
    if (last?.item === item) last.unread += pcm.length;
    else this.#segments.push({ item, unread: pcm.length });
    if (!this.#voices.has(rate)) this.#voices.set(rate, this.#createVoice(rate));
    this.#reserve.arrived(item, (pcm.length * 1000) / rate, now);
    return true;
  }

  /** No more of this item comes. */
  end(id: string): void {
    for (let index = 0; index < this.#remembered.length; index++) {
      const item = this.#remembered[index]!;
      if (item.id !== id || item.ended) continue;
      item.ended = true;
      if (!this.#queued(item)) this.#sink.finished(item);
    }
  }

  /** Fades out what is coming out and forgets the rest; returns the item that was cut, with what was rendered of it, the fade included. */
  flush(): PlayedItem | null {
    if (this.playing && this.#tailAt === this.#tail.length) {
      this.#render(this.#tail, 0, this.#tail.length);
      for (let index = 0; index < this.#tail.length; index++) this.#tail[index]! *= 1 - (index + 1) / this.#tail.length;
      this.#tailAt = 0;
    }
    const cut = this.current;
    this.#ring.clear();
    this.#segments.length = 0;
    this.#remembered = [];
    this.#stop();
    this.#voice = null;
    this.#missing = 0;
    return cut;
  }

  duck(gain: number, ms: number): void {
    this.#duck.move(gain, this.playing ? Math.round((ms * this.#rate) / 1000) : 0);
  }

  volume(gain: number): void {
    this.#volume.move(gain, this.playing ? Math.round((VOLUME_MS * this.#rate) / 1000) : 0);
  }

  /** Fills `output` with what is due now. */
  render(output: Float32Array): void {
    let at = 0;
    while (at < output.length && this.#tailAt < this.#tail.length) output[at++] = this.#tail[this.#tailAt++]!;
    this.#render(output, at, output.length);
  }

  #render(output: Float32Array, from: number, to: number): void {
    let at = from;
    while (at < to) {
      const segment = this.#segments[0];
      if (segment === undefined) break;
      if (this.playing || this.#starts(segment)) at += this.#run(segment, output, at, Math.min(BLOCK, to - at));
      else if (!this.#drop(segment)) break;
    }
    const item = this.#segments[0]?.item;
    if (item?.started === true && !this.playing) this.#missing += to - at;
    for (; at < to; at++) output[at] = 0;
  }

  /** Whether there is enough to begin, or to go on after it ran dry; begins if so. */
  #starts({ item, unread }: Segment): boolean {
    const whole = item.ended || this.#segments.length > 1;
    if (unread === 0 || (!whole && (unread * 1000) / item.rate < this.#reserve.wanted)) return false;
    this.#before = item.rendered;
    this.#fade = this.#missing > 0 ? 0 : 1;
    if (this.#missing > 0) {
      this.#sink.ranDry(item, (this.#missing * 1000) / this.#rate);
      this.#reserve.ranDry((this.#missing * 1000) / this.#rate);
      this.#missing = 0;
    }
    const voice = this.#voices.get(item.rate)!;
    if (voice !== this.#voice) voice.resampler.restart();
    this.#voice = voice;
    this.playing = true;
    if (!item.started) {
      item.started = true;
      this.#sink.started(item);
    }
    return true;
  }

  /** Renders up to `frames` of the first segment; returns how many. */
  #run(segment: Segment, output: Float32Array, at: number, frames: number): number {
    const { item } = segment;
    const { resampler, source } = this.#voice!;
    const follows = this.#segments.length > 1;
    // Once silence went in, what arrives late waits for its reserve: the listener has heard a fade to nothing.
    const silenceLeft = Math.max(0, (follows ? resampler.delay : 2 * resampler.delay) - this.#appended);
    const wanted = resampler.needed(frames);
    const real = this.#appended > 0 ? 0 : Math.min(wanted, segment.unread);
    const silence = Math.min(wanted - real, silenceLeft);
    const dryIn = item.ended || follows ? Infinity : ((segment.unread + silenceLeft - resampler.delay) * this.#rate) / item.rate;
    this.#ring.read(source, real);
    for (let index = real; index < real + silence; index++) source[index] = 0;
    const made = resampler.process(source, 0, real + silence, this.#block, frames);
    this.#mix(output, at, made, dryIn);
    segment.unread -= real;
    this.#read += real;
    this.#appended += silence;
    item.rendered = this.#before + Math.max(0, this.#read - Math.max(0, resampler.delay - this.#appended));
    if (silence === silenceLeft && wanted > real + silence) {
      this.#stop();
      if (!follows) this.#voice = null;
      this.#drop(segment);
    }
    return made;
  }

  /** Copies the block with all gains; the last 5 ms before the ring runs dry fade out. */
  #mix(output: Float32Array, at: number, count: number, dryIn: number): void {
    const block = this.#block;
    this.#volume.apply(block, count);
    this.#duck.apply(block, count);
    const step = 1 / this.#tail.length;
    let fade = this.#fade;
    for (let index = 0; index < count; index++) {
      fade = Math.min(1, fade + step, Math.max(0, (dryIn - index) * step));
      output[at + index] = block[index]! * fade;
    }
    this.#fade = fade;
  }

  /** Takes a segment away that is played and will not go on; false when its item may. */
  #drop(segment: Segment): boolean {
    const { item } = segment;
    if (segment.unread > 0 || (!item.ended && this.#segments.length === 1)) return false;
    this.#segments.shift();
    this.#missing = 0;
    if (item.ended && !this.#queued(item)) this.#sink.finished(item);
    return true;
  }

  #stop(): void {
    this.playing = false;
    this.#read = this.#appended = this.#before = 0;
  }

  #queued(item: PlayedItem): boolean {
    for (let index = 0; index < this.#segments.length; index++) if (this.#segments[index]!.item === item) return true;
    return false;
  }

  #remember(id: string, contentIndex: number, rate: number): PlayedItem {
    const item = { id, contentIndex, rate, received: 0, rendered: 0, started: false, ended: false };
    if (this.#remembered.length >= REMEMBERED) this.#remembered = this.#remembered.filter((known) => this.#queued(known));
    this.#remembered.push(item);
    return item;
  }

  #createVoice(rate: number): Voice {
    const resampler = new RationalResampler(rate, this.#rate, DELAY_MS);
    return { resampler, source: new Float32Array(Math.ceil((BLOCK * rate) / this.#rate) + resampler.delay + 2) };
  }
}
