import type { AnswerTurn } from '../engines/engine.ts';
import type { SessionContext } from './context.ts';
import { engineFault, RealtimeFault } from './errors.ts';
import { ENGINE_RATE, InputBuffer } from './input-buffer.ts';
import { Listening } from './listening.ts';
import type { Utterance } from './interim-hearing.ts';
import type { FinishedTurn } from './listening.ts';
import { hears } from './languages.ts';
import type { Recognition } from './recognition.ts';
import { askedNow } from './responses.ts';
import type { Responses } from './responses.ts';
import { sessionSpec } from './response-input.ts';
import { hintsOf, keepTurn } from './spoken-items.ts';
import { INTERIM, inputFormatChanged } from './session-config.ts';
import type { SessionConfig } from './session-config.ts';
import { StableWords } from './stable-words.ts';

/** What users say: from appended sound to items in the conversation, with the events of §6 and the words as they are heard. */

const MIN_COMMIT_MS = 100;
const toMs = (samples: number): number => Math.round((samples * 1000) / ENGINE_RATE);

export class UserTurns {
  readonly #context: SessionContext;
  readonly #responses: Responses;
  readonly #buffer: InputBuffer;
  readonly #listening: Listening;
  #words = new StableWords();
  /** The spoken turn whose answer has not begun yet. */
  #awaiting: string | null = null;
  /** The one that came while an answer went on that is not to be interrupted. */
  #unanswered: string | null = null;
  /** Told when a turn begins: nobody is idle. */
  readonly #onActivity: () => void;

  constructor(context: SessionContext, responses: Responses, onActivity: () => void) {
    this.#context = context;
    this.#responses = responses;
    this.#onActivity = onActivity;
    const config = context.config();
    this.#buffer = new InputBuffer(config.inputFormat, config.noiseReduction);
    this.#listening = new Listening({
      buffer: this.#buffer,
      engines: context.engines,
      newItemId: () => context.newId('item'),
      hints: () => hintsOf(context.config()),
      wantsInterim: () => wantsInterim(context),
      onStarted: (turn) => this.#started(turn),
      onInterim: (turn, text) => this.#interim(turn, text),
      onGuess: (turn, recognition) => this.#guessed(turn, recognition),
      onResumed: () => responses.guess.drop(),
      onStopped: (turn) => this.#stopped(turn),
      onDropped: (what) => context.metrics.dropped(what),
      onFailure: (cause) => this.#failed(cause),
    });
    this.#listening.detect(config.turnDetection);
  }

  /** Somebody is speaking now. */
  get speaking(): boolean {
    return this.#context.config().turnDetection !== null && this.#listening.turn !== null;
  }

  configure(before: SessionConfig, after: SessionConfig): void {
    if (inputFormatChanged(before, after)) {
      this.#listening.forget();
      this.#buffer.changeFormat(after.inputFormat);
    }
    if (before.noiseReduction !== after.noiseReduction) this.#buffer.reduceNoise(after.noiseReduction);
    if (JSON.stringify(before.turnDetection) !== JSON.stringify(after.turnDetection)) this.#listening.detect(after.turnDetection);
  }

  append(base64: string): void {
    this.#buffer.append(base64);
    this.#listening.appended();
  }

  clear(): void {
    this.#responses.guess.drop();
    this.#listening.forget();
    this.#buffer.clear();
    this.#context.emit({ type: 'input_audio_buffer.cleared' });
  }

  /** Throws `input_audio_buffer_commit_empty` for less than 100 ms. */
  commit(): void {
    const from = this.#listening.turn?.from ?? this.#buffer.start;
    const lengthMs = toMs(this.#buffer.end - from);
    if (lengthMs < MIN_COMMIT_MS) {
      throw new RealtimeFault(
        'input_audio_buffer_commit_empty',
        `Error committing input audio buffer: buffer too small. Expected at least ${MIN_COMMIT_MS}ms of audio, but buffer only has ${lengthMs}ms of audio.`,
      );
    }
    const spoken = this.speaking;
    this.#responses.guess.drop();
    const turn = this.#listening.commit();
    if (spoken)
      this.#context.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: toMs(turn.to), item_id: turn.itemId });
    this.#context.metrics.turn('committed');
    this.#keep(turn, turn.recognition);
  }

  /** Nobody said anything for too long: the silence is the turn, and the assistant speaks up. */
  timeOut(): void {
    const from = this.#buffer.start;
    const to = this.#buffer.end;
    const itemId = this.#context.newId('item');
    this.#context.emit({
      type: 'input_audio_buffer.timeout_triggered',
      audio_start_ms: toMs(from),
      audio_end_ms: toMs(to),
      item_id: itemId,
    });
    this.#context.metrics.turn('timeout');
    this.#listening.forget();
    if (!this.#try(() => this.#keep({ itemId, from, to }, null))) return;
    const nudge: AnswerTurn = {
      role: 'system',
      text: 'The user has said nothing for a while. Ask in one short sentence whether they are still there.',
      images: [],
    };
    this.#try(() => this.#responses.create(sessionSpec(this.#context.config()), askedNow(), [nudge]));
  }

  close(): void {
    this.#awaiting = null;
    this.#listening.close();
  }

  #started(turn: Utterance): void {
    const { turnDetection } = this.#context.config();
    this.#onActivity();
    this.#words = new StableWords();
    this.#responses.guess.drop();
    this.#context.emit({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: toMs(turn.from),
      item_id: turn.itemId,
    });
    if (turnDetection?.interrupt_response !== true) return;
    this.#awaiting = null;
    this.#responses.interrupt('turn_detected');
  }

  #interim(turn: Utterance, text: string): void {
    const { transcription, include } = this.#context.config();
    if (include.includes(INTERIM)) {
      this.#context.emit({
        type: 'conversation.item.input_audio_transcription.interim',
        item_id: turn.itemId,
        content_index: 0,
        text,
      });
    }
    const delta = this.#words.push(text);
    if (transcription === null || delta === '') return;
    this.#context.emit({
      type: 'conversation.item.input_audio_transcription.delta',
      item_id: turn.itemId,
      content_index: 0,
      delta,
    });
  }

  #guessed(turn: Utterance, recognition: Recognition): void {
    const config = this.#context.config();
    if (config.type === 'realtime' && config.turnDetection?.create_response === true)
      this.#responses.guess.begin(recognition, turn.itemId);
  }

  #stopped(turn: FinishedTurn): void {
    const endedAt = performance.now();
    this.#context.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: toMs(turn.to), item_id: turn.itemId });
    this.#context.metrics.turn('voice');
    this.#responses.guess.confirm(turn.recognition);
    if (!this.#try(() => this.#keep(turn, turn.recognition))) return;
    const config = this.#context.config();
    if (config.type === 'transcription' || config.turnDetection?.create_response !== true) return;
    this.#awaiting = turn.itemId;
    void this.#answer(turn, { endedAt, vadWaitMs: toMs(turn.to - turn.voiced) });
  }

  async #answer(turn: FinishedTurn, when: { endedAt: number; vadWaitMs: number }): Promise<void> {
    // A recognition that failed is told by the response that stands on it.
    const text = await turn.recognition.heard.then(
      (heard) => heard.text,
      () => null,
    );
    if (this.#awaiting !== turn.itemId) return;
    this.#awaiting = null;
    if (text === '') {
      this.#responses.guess.drop();
      return;
    }
    if (this.#responses.active !== null) {
      // Not to be interrupted: what was said in between is answered next.
      this.#unanswered = turn.itemId;
      return;
    }
    this.#try(() => this.#responses.answer(turn.itemId, turn.recognition, { ...when, recognition: turn.recognition }));
  }

  /** The assistant has finished: is there something that was said meanwhile? */
  catchUp(): void {
    const itemId = this.#unanswered;
    this.#unanswered = null;
    if (itemId === null || this.#responses.active !== null) return;
    this.#try(() => this.#responses.create(sessionSpec(this.#context.config()), askedNow()));
  }

  /** Nobody asked for this by an event, so nobody is answered by an error of that event: it is told on its own. */
  #try(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (cause) {
      this.#failed(cause);
      return false;
    }
  }

  #keep(turn: Utterance & { readonly to: number }, recognition: Recognition | null): void {
    const sound = this.#buffer.raw(turn.from, turn.to);
    this.#buffer.advance(turn.to);
    keepTurn(this.#context, { itemId: turn.itemId, sound, seconds: (turn.to - turn.from) / ENGINE_RATE, recognition });
  }

  #failed(cause: unknown): void {
    const fault = engineFault(cause);
    this.#context.log.error({ err: cause }, 'a turn failed');
    this.#context.metrics.fault(fault.code);
    this.#context.emit({
      type: 'error',
      error: { type: fault.type, code: fault.code, message: fault.message, param: null, event_id: null },
    });
  }
}

function wantsInterim({ config, engines }: SessionContext): boolean {
  const { transcription, include, turnDetection } = config();
  const wanted = transcription !== null || include.includes(INTERIM) || turnDetection?.type === 'semantic_vad';
  return wanted && hears(engines.hear, transcription?.language);
}
