/** What counts as somebody being there, read from a conversation. */

/** The part of a conversation's state that is looked at. */
export interface ConversationSigns {
  readonly phase: string;
  readonly userSpeaking: boolean;
  readonly playing: boolean;
  readonly holding: boolean;
  readonly transcript: readonly { readonly role: string; readonly status: string; readonly text: string }[];
}

/** Somebody is heard or answered right now, or a tool of the page runs for them: the time of an idle visitor stands still. */
export const isBusy = ({ phase, userSpeaking, playing, holding, transcript }: ConversationSigns): boolean =>
  userSpeaking ||
  playing ||
  holding ||
  phase === 'thinking' ||
  phase === 'speaking' ||
  transcript.some(({ role, status }) => role === 'tool' && status === 'interim');

/** What the visitor has said or written so far, as a number that grows with every word of it. */
export const wordsOf = ({ transcript }: ConversationSigns): number =>
  transcript.reduce((sum, { role, text }) => (role === 'user' ? sum + 1 + text.length : sum), 0);
