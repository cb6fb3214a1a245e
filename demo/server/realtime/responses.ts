import type { AnswerTurn } from '../engines/engine.ts';
import { makeAnswer, turnsOf } from './answer-making.ts';
import type { Making } from './answer-making.ts';
import { rateOf } from './audio/format.ts';
import type { SessionContext } from './context.ts';
import { RealtimeFault } from './errors.ts';
import { GuessedAnswer } from './guessed-answer.ts';
import type { Item } from './items.ts';
import type { TurnTiming } from './metrics.ts';
import type { AnswerMarks } from './production.ts';
import type { Recognition } from './recognition.ts';
import { Response } from './response.ts';
import { ResponseBudget } from './response-budget.ts';
import { sessionSpec } from './response-input.ts';
import type { ResponseSpec } from './response-input.ts';
import type { CancelReason, ResponseEnd } from './response-facts.ts';
import { ResponseWriter } from './response-writer.ts';
import { TIMING } from './session-config.ts';

/** The responses of one session: one at a time in the conversation, some beside it, and one begun on a guess. */

const MAX_BESIDE = 8;

/** Where a response came from, for its timing. `endedAt`: when the turn was over, `performance.now()` ms. */
export interface Cause {
  readonly endedAt: number;
  readonly vadWaitMs: number | null;
  readonly recognition: Recognition | null;
}

/** Asked for by the client, at this moment. */
export const askedNow = (): Cause => ({ endedAt: performance.now(), vadWaitMs: null, recognition: null });

export interface ResponsesOptions {
  readonly onFirstSound: (response: Response) => void;
  /** `unheardMs`: sound of it that is still to be played. */
  readonly onEnd: (response: Response, unheardMs: number) => void;
}

export class Responses {
  readonly guess: GuessedAnswer;
  readonly #context: SessionContext;
  readonly #options: ResponsesOptions;
  readonly #budget = new ResponseBudget();
  readonly #beside = new Map<string, Response>();
  #active: Response | null = null;
  #waiting: (() => void)[] = [];

  constructor(context: SessionContext, options: ResponsesOptions) {
    this.#context = context;
    this.#options = options;
    this.guess = new GuessedAnswer(context);
  }

  /** The one in the conversation. */
  get active(): Response | null {
    return this.#active;
  }

  get busy(): boolean {
    return this.#active !== null || this.#beside.size > 0;
  }

  /** Throws when another one is active in the conversation, or when there are too many. */
  create(spec: ResponseSpec, cause: Cause, extra: readonly AnswerTurn[] = []): void {
    this.#admit(spec);
    if (spec.inConversation) this.guess.drop();
    const items = spec.input ?? [...this.#context.conversation.items];
    this.#begin(
      makeAnswer(this.#context, spec, () => turnsOf(this.#context, items, extra)),
      cause,
      items,
      false,
    );
  }

  /** The answer to a spoken turn, from the guess if that still stands. The turn's item is in the conversation already. */
  answer(itemId: string, recognition: Recognition, cause: Cause): void {
    const guessed = this.#active === null ? this.guess.take(recognition, itemId) : null;
    if (guessed === null) {
      this.create(sessionSpec(this.#context.config()), cause);
      return;
    }
    this.#admit(guessed.spec);
    this.#begin(guessed, cause, [...this.#context.conversation.items], true);
  }

  /** Throws `response_cancel_not_active`. */
  cancel(id: string | null): void {
    const response = id === null || id === this.#active?.id ? this.#active : (this.#beside.get(id) ?? null);
    if (response === null) {
      throw new RealtimeFault('response_cancel_not_active', 'Cancellation failed: no active response found', 'response_id');
    }
    response.cancel('client_cancelled');
  }

  /** Cuts the answer in the conversation, if there is one. */
  interrupt(reason: CancelReason): void {
    this.#active?.cancel(reason);
  }

  close(): void {
    this.guess.drop();
    for (const response of [this.#active, ...this.#beside.values()]) response?.cancel('client_cancelled');
  }

  /** Resolves when nothing is being answered. */
  settled(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve();
  }

  #admit(spec: ResponseSpec): void {
    if (spec.inConversation && this.#active !== null) {
      throw new RealtimeFault(
        'conversation_already_has_active_response',
        `Conversation already has an active response in progress: ${this.#active.id}. Wait until it is done or cancel it.`,
      );
    }
    if (!spec.inConversation && this.#beside.size >= MAX_BESIDE) {
      const message = `${MAX_BESIDE} responses beside the conversation are the most.`;
      throw new RealtimeFault('rate_limit_exceeded', message, null, 'rate_limit_error');
    }
    this.#budget.spend(performance.now());
  }

  #begin(making: Making, cause: Cause, items: readonly Item[], guessed: boolean): void {
    const { conversation, conversationId, emit, newId, drained, log } = this.#context;
    const { spec, marks } = making;
    const id = newId('resp');
    const store = {
      add: (item: Item) => conversation.insert(item),
      change: (item: Item) => conversation.replace(item),
      previousOf: (itemId: string) => conversation.previousOf(itemId),
    };
    const writer = new ResponseWriter({ id, conversationId, spec, emit, newId, store: spec.inConversation ? store : null });
    const response: Response = new Response({
      id,
      making,
      writer,
      inputAudioTokens: audioTokens(items),
      drained,
      onFirstSound: () => {
        this.#tellTiming(response, cause, marks, guessed);
        this.#options.onFirstSound(response);
      },
      onFailure: (failure) => log.error({ err: failure, response: id }, 'an engine failed in the middle of a response'),
      onEnd: (end) => this.#ended(response, end),
    });
    if (spec.inConversation) this.#active = response;
    else this.#beside.set(id, response);
    response.begin();
  }

  #ended(response: Response, end: ResponseEnd): void {
    if (this.#active === response) this.#active = null;
    this.#beside.delete(response.id);
    this.#context.metrics.response(end.status);
    this.#context.emit({ type: 'rate_limits.updated', rate_limits: this.#budget.describe(performance.now()) });
    this.#options.onEnd(response, response.unheardMs);
    if (this.busy) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #tellTiming(response: Response, cause: Cause, marks: AnswerMarks, guessed: boolean): void {
    const since = (from: number | null, to: number | null): number | null => (from === null || to === null ? null : to - from);
    const timing: TurnTiming = {
      vadWaitMs: cause.vadWaitMs,
      recognitionMs: since(cause.recognition?.startedAt ?? null, cause.recognition?.doneAt() ?? null),
      answerMs: since(marks.begun, marks.worded),
      synthesisMs: since(marks.worded, marks.sounded),
      firstSoundMs: performance.now() - cause.endedAt,
      guessed,
    };
    this.#context.metrics.timing(timing);
    if (!this.#context.config().include.includes(TIMING)) return;
    this.#context.emit({
      type: TIMING,
      response_id: response.id,
      vad_wait_ms: timing.vadWaitMs,
      recognition_ms: timing.recognitionMs,
      answer_ms: timing.answerMs,
      synthesis_ms: timing.synthesisMs,
      first_sound_ms: timing.firstSoundMs,
      guessed,
    });
  }
}

/** The protocol counts an input audio token per 100 ms. */
function audioTokens(items: readonly Item[]): number {
  let ms = 0;
  for (const item of items) {
    if (item.type !== 'message') continue;
    for (const part of item.content) {
      if (part.type === 'input_audio' && part.sound !== null) ms += (part.sound.pcm.length * 1000) / rateOf(part.sound.format);
    }
  }
  return Math.ceil(ms / 100);
}
