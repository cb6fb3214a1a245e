import type { InterpreterDownlink, SentenceEvent, StreamSettings } from '../../shared/interpretation.ts';
import { AssistantError } from '../../shared/errors.ts';
import { AudioRing } from './audio-ring.ts';
import { FRAME_BYTES } from './frame-voice.ts';
import type { Push, Result } from './messages-pushes.ts';
import { Sentences } from './sentences.ts';

/** One stream of speech, whatever carries it: its sound, its clock and its sentences outlive connections. */

const SAMPLES_PER_MS = 16;
const FRAME_MS = 20;
/** Onsets are found a little late. */
const LEAD_MS = 300;
/** Speech that is heard makes interim results within this, so what is older and made none is silence. */
const QUIET_MS = 8_000;
/** A day: no server's clock is that wrong, so smaller times count from the stream's beginning. */
const RELATIVE_MS = 86_400_000;

const silence = new Uint8Array(FRAME_BYTES);

export class SpeechStream {
  readonly name: string;
  readonly settings: StreamSettings;
  readonly ring = new AudioRing();
  readonly #sentences: Sentences;
  readonly #now: () => number;
  /** Capture position of the stream's ms 0. */
  #origin: number | null = null;
  /** ms of the end of what was pushed. */
  #endMs = 0;
  /** ms since the epoch that stands for the stream's ms 0 on the wire. */
  #baseTs = 0;
  #beginMs = 0;

  /** `now`: ms since the epoch. Throws `bad-option` naming the setting that no server can take. */
  constructor(name: string, settings: StreamSettings, now: () => number, growing = false) {
    const { silenceMs, alternatives = [], from, to, transcribe = true } = settings;
    const refuse = (field: string, says: string): never => {
      throw new AssistantError('bad-option', says, { field });
    };
    if (from === '') refuse('from', 'the spoken language is missing');
    if (to === '') refuse('to', 'a translation needs its language; null = none');
    if (alternatives.length > 3) refuse('alternatives', 'at most 3 alternative languages');
    if (silenceMs !== undefined && silenceMs !== -1 && !(silenceMs >= 20 && silenceMs <= 2000))
      refuse('silenceMs', 'silence that ends a sentence is 20…2000 ms, or −1');
    this.name = name;
    this.settings = settings;
    this.#now = now;
    const wanted = [...(transcribe ? (['original'] as const) : []), ...(to === null ? [] : (['translation'] as const))];
    this.#sentences = new Sentences({ wanted, growing });
  }

  /** A sentence lacks its final. */
  get open(): boolean {
    return this.#sentences.openMs !== null;
  }

  /** `at` = capture position of the first of 320 samples. Returns whether an unsent frame had to go for it. Throws `bad-option`. */
  push(pcm: Int16Array, at: number): boolean {
    const bytes = new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    if (bytes.length !== FRAME_BYTES)
      throw new AssistantError('bad-option', `a frame has 320 samples, not ${pcm.length}`, { field: 'pcm' });
    if (this.#origin === null) {
      this.#origin = at;
      this.#baseTs = Math.round(this.#now());
    }
    let ms = (at - this.#origin) / SAMPLES_PER_MS;
    if (ms < this.#endMs - FRAME_MS / 2) {
      // The capture clock began anew (another microphone): time does not run backwards here.
      this.#origin = at - this.#endMs * SAMPLES_PER_MS;
      ms = this.#endMs;
    }
    this.#endMs = ms + FRAME_MS;
    return this.ring.push(bytes, ms);
  }

  /** Silence behind the last frame, so that the server's detector finds the end. */
  pad(frames: number): void {
    for (; frames > 0; frames--) {
      this.ring.push(silence, this.#endMs);
      this.#endMs += FRAME_MS;
    }
  }

  /** A server's stream begins: what is unsettled goes up again. `generation` as in `Sentences.begin`. */
  begin(generation: number): void {
    this.#sentences.begin(generation);
    const { openMs, settledMs } = this.#sentences;
    const takenMs = this.ring.takenThrough === 0 ? 0 : this.ring.ms(this.ring.takenThrough - 1);
    const quietMs = this.settings.interim === false ? 0 : takenMs - QUIET_MS;
    this.#beginMs = this.ring.rewind(openMs === null ? Math.max(settledMs, quietMs) : openMs - LEAD_MS);
  }

  /** ms since the epoch of frame `number`, for the wire. */
  ts(number: number): number {
    return this.#baseTs + Math.round(this.ring.ms(number));
  }

  /** What a push is to the page; nothing when it repeats what was told. */
  tell(push: Push, emit: (told: InterpreterDownlink) => void): void {
    if (push.method !== 'ttsResult') {
      const sentence = this.#sentence(push);
      if (sentence) emit(sentence);
      return;
    }
    const { text, lang, taskId, data } = push;
    const { task, again } = this.#sentences.voiced(taskId, text);
    if (again) return;
    // A copy: the bytes are a view of a message.
    emit({ type: 'speech', stream: this.name, task, language: lang, text, audio: data.slice() });
  }

  #sentence(result: Result): SentenceEvent | null {
    const startMs = this.#toStream(result.startTs);
    const endMs = result.endTs < result.startTs ? null : this.#toStream(result.endTs);
    const { side, final, text, taskId } = result;
    const found = this.#sentences.take({ side, final, taskId, startMs, endMs, text, knownMs: result.recTs });
    if (!found) return null;
    return {
      type: 'sentence',
      stream: this.name,
      task: found.task,
      side,
      language: result.lang,
      text,
      final,
      startMs: found.startMs,
      endMs: final ? (endMs ?? startMs) : null,
    };
  }

  #toStream(ts: number): number {
    const ms = Math.abs(ts - this.#baseTs) < RELATIVE_MS ? ts - this.#baseTs : ts < RELATIVE_MS ? this.#beginMs + ts : 0;
    return Math.max(0, ms);
  }
}
