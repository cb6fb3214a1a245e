import { html, nothing } from 'lit';
import type { Entry, Phase } from '../../session/state.ts';
import type { KnownStrings } from '../conversation.ts';
import { isDone, shownText } from '../shown-text.ts';
import { wordStrings } from '../words/word-strings.ts';
import { liveLines } from './live-lines.ts';

/** Both sides of a conversation, each in rows of its own; where neither has said anything, how the conversation stands. */
export function conversationRows(strings: KnownStrings, transcript: readonly Entry[], phase: Phase) {
  const words = { ...wordStrings, ...strings };
  const { user, assistant } = liveLines(transcript);
  const quiet = user === null && assistant === null;
  return html`${quiet ? html`<p class="hint">${strings[`phase-${phase}`]}</p>` : nothing} ${line('user', words.you, user)}
    ${line('agent', words.assistant, assistant)} <viva-announcer></viva-announcer>`;
}

function line(side: 'user' | 'agent', who: string, entry: Entry | null) {
  if (entry === null || shownText(entry) === '') return nothing;
  return html`<div class="${side} ${isDone(entry) ? '' : 'live'}" part="caption caption-${side}">
    <p dir="auto"><span class="unseen">${who}: </span>${shownText(entry)}</p>
  </div>`;
}
