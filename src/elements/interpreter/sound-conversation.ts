import { ContextProvider } from '@lit/context';
import type { ReactiveElement } from 'lit';
import type { Interpreter } from '../../session/interpreter.ts';
import { asAssistant } from '../../session/interpreter/as-assistant.ts';
import { conversationContext, plainChat } from '../conversation.ts';
import type { Strings } from '../english.ts';
import { panelStrings } from '../strings.ts';

/** Hands an interpreter down as a conversation, so that the device menu and the news of plugs know it as they know an assistant. */
export class SoundConversation {
  readonly #provider: ContextProvider<typeof conversationContext, ReactiveElement>;
  #of: Interpreter | null = null;
  #words: readonly Partial<Strings>[] = [];

  constructor(host: ReactiveElement) {
    this.#provider = new ContextProvider(host, { context: conversationContext, initialValue: null });
  }

  /** Words that come later win. Returns whether there was one and is none any more. */
  give(interpreter: Interpreter | null, ...words: readonly Partial<Strings>[]): boolean {
    const same = interpreter === this.#of;
    if (same && words.every((each, index) => each === this.#words[index])) return false;
    const gone = this.#of !== null && interpreter === null;
    this.#of = interpreter;
    this.#words = words;
    const assistant = same ? (this.#provider.value?.assistant ?? null) : interpreter && asAssistant(interpreter);
    const strings = Object.assign({}, panelStrings, ...words) as typeof panelStrings & Partial<Strings>;
    this.#provider.setValue(assistant === null ? null : { assistant, strings, turn: 'vad', voice: true, chat: plainChat });
    return gone;
  }
}
