import { html, nothing } from 'lit';
import type { Entry } from '../../session/state.ts';
import { AssistantElement } from '../assistant-element.ts';
import { SessionValue } from '../session-value.ts';
import { isDone, shownText } from '../shown-text.ts';
import { tokens } from '../tokens.styles.ts';
import { wordStrings } from '../words/word-strings.ts';
import { captionsStyles } from './captions.styles.ts';
import { liveLines } from './live-lines.ts';

/**
 * Live captions of both sides: the user's words while they are said, the assistant's as they are heard.
 *
 * @csspart caption - Either line
 * @csspart caption-user - The user's line
 * @csspart caption-agent - The assistant's line
 * @cssprop --viva-caption-rows - Rows shown of each side, newest last (2)
 * @cssprop --viva-caption-size - Size of the text
 */
export class VivaCaptions extends AssistantElement {
  static override styles = [tokens, captionsStyles];

  readonly #transcript = new SessionValue(this, (state) => state.transcript);
  readonly #phase = new SessionValue(this, (state) => state.phase);

  protected override render() {
    const words = { ...wordStrings, ...this.strings };
    const { user, assistant } = liveLines(this.#transcript.value);
    const quiet = user === null && assistant === null;
    return html`${quiet ? html`<p class="hint">${this.strings[`phase-${this.#phase.value}`]}</p>` : nothing}
      ${this.#line('user', words.you, user)} ${this.#line('agent', words.assistant, assistant)}
      <viva-announcer></viva-announcer>`;
  }

  #line(side: 'user' | 'agent', who: string, entry: Entry | null) {
    if (entry === null || shownText(entry) === '') return nothing;
    return html`<div class="${side} ${isDone(entry) ? '' : 'live'}" part="caption caption-${side}">
      <p dir="auto"><span class="unseen">${who}: </span>${shownText(entry)}</p>
    </div>`;
  }
}
