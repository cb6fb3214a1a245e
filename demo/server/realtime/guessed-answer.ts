import { abandon, makeAnswer, turnsOf } from './answer-making.ts';
import type { Making } from './answer-making.ts';
import type { SessionContext } from './context.ts';
import type { Item } from './items.ts';
import type { Recognition } from './recognition.ts';
import { sessionSpec } from './response-input.ts';
import type { SessionConfig } from './session-config.ts';

/** The answer to what may be the whole turn, begun while it is not sure that it is over. Nothing of it is sent. */

interface Guess {
  readonly making: Making;
  readonly recognition: Recognition;
  /** What it stands on; a change of either makes it worthless. */
  readonly config: SessionConfig;
  readonly version: number;
  readonly confirmed: boolean;
}

export class GuessedAnswer {
  readonly #context: SessionContext;
  #guess: Guess | null = null;

  constructor(context: SessionContext) {
    this.#context = context;
  }

  begin(recognition: Recognition, itemId: string): void {
    this.drop();
    const config = this.#context.config();
    const items = [...this.#context.conversation.items];
    const making = makeAnswer(this.#context, sessionSpec(config), async () => {
      const { text } = await recognition.heard;
      if (text === '') return null;
      const item: Item = {
        type: 'message',
        id: itemId,
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_audio', transcript: text, sound: null }],
      };
      return turnsOf(this.#context, [...items, item], []);
    });
    this.#guess = { making, recognition, config, version: this.#context.conversation.version, confirmed: false };
  }

  /** The turn is over and these are its words: may the guess stand? Asked before the turn comes into the conversation. */
  confirm(recognition: Recognition): void {
    const guess = this.#guess;
    if (guess === null) return;
    if (this.#fits(guess, recognition) && guess.version === this.#context.conversation.version) {
      this.#guess = { ...guess, confirmed: true };
    } else this.drop();
  }

  /** The confirmed answer to the turn that became item `itemId`, or null. It is the caller's now. */
  take(recognition: Recognition, itemId: string): Making | null {
    const guess = this.#guess;
    if (guess?.confirmed !== true || !this.#fits(guess, recognition) || this.#context.conversation.lastId !== itemId) return null;
    this.#guess = null;
    this.#context.metrics.guess('used');
    return guess.making;
  }

  drop(): void {
    if (this.#guess === null) return;
    abandon(this.#guess.making);
    this.#guess = null;
    this.#context.metrics.guess('discarded');
  }

  #fits(guess: Guess, recognition: Recognition): boolean {
    return guess.recognition === recognition && guess.config === this.#context.config();
  }
}
