import { createContext } from '@lit/context';
import type { Assistant } from '../session/assistant.ts';
import type { TurnMode } from '../session/options.ts';
import type { Strings } from './english.ts';
import type { PanelStrings } from './strings.ts';

/** What `<viva-voce>` hands down, and under which name. */

/** The words an element has: the panel's, and what the page put in their place or in that of any other. */
export type KnownStrings = PanelStrings & Partial<Strings>;

/** What `<viva-voce>` hands to the elements inside it, and to those that name it with `for`. */
export interface Conversation {
  readonly assistant: Assistant;
  readonly strings: KnownStrings;
  readonly turn: TurnMode;
  /** Talking is part of it, not only writing. */
  readonly voice: boolean;
}

export const conversationContext = createContext<Conversation | null>(Symbol.for('viva-voce.conversation'));
