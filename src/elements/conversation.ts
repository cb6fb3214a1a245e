import { createContext } from '@lit/context';
import type { Assistant } from '../session/assistant.ts';
import type { TurnMode } from '../session/options.ts';
import type { Entry } from '../session/state.ts';
import type { Strings } from './english.ts';
import type { PanelStrings } from './strings.ts';

/** What `<viva-voce>` hands down, and under which name. */

/** The words an element has: the panel's, and what the page put in their place or in that of any other. */
export type KnownStrings = PanelStrings & Partial<Strings>;

/** What a page wishes of the conversation as it is written down. */
export interface ChatWishes {
  /** What was said before the assistant was last started, oldest first; it may have lines of the running conversation too. */
  readonly earlier: readonly Entry[];
  /** Id of the last line of a former visit; null = there is none. */
  readonly resumedTo: string | null;
  /** The conversation is kept in this browser. */
  readonly kept: boolean;
  /** Lines that were deleted, by id. */
  readonly forgotten: ReadonlySet<string>;
  /** Questions to begin with. */
  readonly suggestions: readonly string[];
  /** Hosts that links may lead to; null = any https. */
  readonly linkHosts: string | null;
  /** Hosts that pictures may come from; null = none. */
  readonly imageHosts: string | null;
  /** Answers can be rated. */
  readonly rated: boolean;
}

export const plainChat: ChatWishes = {
  earlier: [],
  resumedTo: null,
  kept: false,
  forgotten: new Set(),
  suggestions: [],
  linkHosts: null,
  imageHosts: null,
  rated: false,
};

/** What `<viva-voce>` hands to the elements inside it, and to those that name it with `for`. */
export interface Conversation {
  readonly assistant: Assistant;
  readonly strings: KnownStrings;
  readonly turn: TurnMode;
  /** Talking is part of it, not only writing. */
  readonly voice: boolean;
  readonly chat: ChatWishes;
}

export const conversationContext = createContext<Conversation | null>(Symbol.for('viva-voce.conversation'));
