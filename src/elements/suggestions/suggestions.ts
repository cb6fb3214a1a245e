import { css, html, nothing } from 'lit';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { chatStrings } from '../chat/chat-strings.ts';
import { together } from '../chat/written.ts';
import { controlStyles } from '../controls.styles.ts';
import { SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';

/**
 * Questions to begin with, as buttons; a press sends one. Gone as soon as anything was said.
 *
 * @fires suggested - A question was sent: its button is about to go
 * @csspart suggestions - All of them
 * @csspart suggestion - One of them
 */
export class VivaSuggestions extends AssistantElement {
  static override styles = [
    tokens,
    controlStyles,
    css`
      :host {
        display: block;
      }

      [part='suggestions'] {
        display: flex;
        flex-wrap: wrap;
        gap: var(--_s2);
        margin: var(--_s4) 0 0;
        padding: 0;
        list-style: none;
      }

      button {
        text-align: start;
        padding-block: var(--_s2);
        line-height: 1.3;
      }
    `,
  ];

  readonly #said = new SessionValue(this, (state) => state.transcript);

  protected override render() {
    const { suggestions, earlier, forgotten } = this.chat;
    if (suggestions.length === 0 || together(earlier, this.#said.value, forgotten).length > 0) return nothing;
    const label = this.strings.suggestions ?? chatStrings.suggestions;
    return html`<ul part="suggestions" aria-label=${label}>
      ${suggestions.map(
        (text) =>
          html`<li>
            <button part="suggestion" class="outline" dir="auto" @click=${() => this.#send(text)}>${text}</button>
          </li>`,
      )}
    </ul>`;
  }

  #send(text: string): void {
    this.dispatchEvent(new Event('suggested'));
    attempt(this, (assistant) => assistant.send(text));
  }
}
