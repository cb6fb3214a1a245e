import type { AnswerTurn } from '../engines/engine.ts';
import type { SessionContext } from './context.ts';
import { engineFault, RealtimeFault } from './errors.ts';
import { ENGINE_RATE, InputBuffer } from './input-buffer.ts';
import { describeItem } from './items.ts';
import type { MessageItem } from './items.ts';
import { Listening } from './listening.ts';
import type { FinishedTurn, OpenTurn } from './listening.ts';
import { recognise } from './recognition.ts';
import type { Recognition } from './recognition.ts';
import type { Responses } from './responses.ts';
import { sessionSpec } from './response-input.ts';
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
      wantsInterim: () => wantsInterim(context.config()),
      onStarted: (turn) => this.#started(turn),
      onInterim: (turn, text) => this.#interim(turn, text),
      onGuess: (turn, recognition) => this.#guessed(turn, recognition),
      onResumed: () => responses.dropGuess(),
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
    this.#responses.dropGuess();
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
    this.#responses.dropGuess();
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
    this.#keep({ itemId, from, to }, null);
    const nudge: AnswerTurn = {
      role: 'system',
      text: 'The user has said nothing for a while. Ask in one short sentence whether they are still there.',
      images: [],
    };
    this.#responses.create(
      sessionSpec(this.#context.config()),
      { endedAt: performance.now(), vadWaitMs: null, recognition: null },
      [nudge],
    );
  }

  close(): void {
    this.#awaiting = null;
    this.#listening.close();
  }

  #started(turn: OpenTurn): void {
    const { turnDetection } = this.#context.config();
    this.#onActivity();
    this.#words = new StableWords();
    this.#responses.dropGuess();
    this.#context.emit({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: toMs(turn.from),
      item_id: turn.itemId,
    });
    if (turnDetection?.interrupt_response !== true) return;
    this.#awaiting = null;
    this.#responses.interrupt('turn_detected');
  }

  #interim(turn: OpenTurn, text: string): void {
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

  #guessed(turn: OpenTurn, recognition: Recognition): void {
    const config = this.#context.config();
    if (config.type === 'realtime' && config.turnDetection?.create_response === true)
      this.#responses.guess(recognition, turn.itemId);
  }

  #stopped(turn: FinishedTurn): void {
    const endedAt = performance.now();
    this.#context.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: toMs(turn.to), item_id: turn.itemId });
    this.#context.metrics.turn('voice');
    this.#responses.confirm(turn.recognition);
    this.#keep(turn, turn.recognition);
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
      this.#responses.dropGuess();
      return;
    }
    if (this.#responses.active !== null) {
      // Not to be interrupted: what was said in between is answered next.
      this.#unanswered = turn.itemId;
      return;
    }
    this.#respond(turn, when);
  }

  #unanswered: string | null = null;

  #respond(turn: FinishedTurn, when: { endedAt: number; vadWaitMs: number }): void {
    try {
      this.#responses.answer(turn.itemId, turn.recognition, { ...when, recognition: turn.recognition });
    } catch (cause) {
      this.#failed(cause);
    }
  }

  /** The assistant has finished: is there something that was said meanwhile? */
  catchUp(): void {
    const itemId = this.#unanswered;
    this.#unanswered = null;
    if (itemId === null || this.#context.conversation.lastId !== itemId) return;
    try {
      this.#responses.create(sessionSpec(this.#context.config()), {
        endedAt: performance.now(),
        vadWaitMs: null,
        recognition: null,
      });
    } catch (cause) {
      this.#failed(cause);
    }
  }

  /** Puts the turn into the conversation. `recognition` null: there is nothing to hear in it. */
  #keep(turn: { itemId: string; from: number; to: number }, recognition: Recognition | null): void {
    const { conversation, emit, hearing, heard } = this.#context;
    const sound = this.#buffer.raw(turn.from, turn.to);
    this.#buffer.advance(turn.to);
    const shown = this.#context.config().transcription !== null;
    const item: MessageItem = {
      type: 'message',
      id: turn.itemId,
      role: 'user',
      status: 'completed',
      content: [{ type: 'input_audio', transcript: recognition === null ? '' : null, sound }],
    };
    emit({ type: 'input_audio_buffer.committed', item_id: item.id, previous_item_id: conversation.lastId });
    const previous_item_id = conversation.insert(item);
    emit({ type: 'conversation.item.added', previous_item_id, item: describeItem(item) });
    emit({ type: 'conversation.item.done', previous_item_id, item: describeItem(item) });
    if (recognition === null) return;
    const seconds = (turn.to - turn.from) / ENGINE_RATE;
    const done = recognition.heard.then(({ text, language }) => {
      heard.set(item.id, text);
      if (shown) this.#tell(item, text, language, seconds);
    });
    hearing.set(item.id, done);
    done.then(
      () => hearing.delete(item.id),
      (cause: unknown) => this.#unheard(item.id, cause, shown),
    );
  }

  #tell(item: MessageItem, transcript: string, language: string, seconds: number): void {
    const { conversation, emit } = this.#context;
    const current = conversation.find(item.id);
    if (current?.type === 'message') {
      const content = current.content.map((part) => (part.type === 'input_audio' ? { ...part, transcript } : part));
      conversation.replace({ ...current, content });
    }
    emit({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: item.id,
      content_index: 0,
      transcript,
      usage: { type: 'duration', seconds },
      ...(language === '' ? {} : { languages: [{ code: language }] }),
    });
  }

  #unheard(itemId: string, cause: unknown, shown: boolean): void {
    this.#context.log.error({ err: cause }, 'a turn could not be heard');
    if (!shown) return;
    const { type, code, message } = engineFault(cause);
    this.#context.emit({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: itemId,
      content_index: 0,
      error: { type, code, message, param: null },
    });
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

/** Sound that came inside an item is heard like a turn that was spoken. */
export function hearItem(context: SessionContext, item: MessageItem, pcm: Int16Array): void {
  const recognition = recognise(context.engines.hear, pcm, hintsOf(context.config()));
  const done = recognition.heard.then(({ text }) => void context.heard.set(item.id, text));
  context.hearing.set(item.id, done);
  done.then(
    () => context.hearing.delete(item.id),
    (cause: unknown) => context.log.error({ err: cause }, 'sound in an item could not be heard'),
  );
}

const wantsInterim = (config: SessionConfig): boolean =>
  config.transcription !== null || config.include.includes(INTERIM) || config.turnDetection?.type === 'semantic_vad';

function hintsOf(config: SessionConfig): { language?: string; prompt?: string } {
  const { language, prompt } = config.transcription ?? {};
  return { ...(language === undefined ? {} : { language }), ...(prompt === undefined ? {} : { prompt }) };
}
