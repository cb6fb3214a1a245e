import { html, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { Levels } from '../../session/assistant.ts';
import { AssistantError } from '../../shared/errors.ts';
import { AssistantElement } from '../assistant-element.ts';
import { VivaErrorEvent } from '../events.ts';
import { SessionValue } from '../session-value.ts';
import { tokens } from '../tokens.styles.ts';
import { SoundFrames } from '../visualizer/sound-frames.ts';
import { avatarStyles } from './avatar.styles.ts';
import { Expression } from './expression.ts';
import { pictureUrl } from './picture-url.ts';

/**
 * The face of the assistant: a picture with a ring that moves with both voices, or one of our own, whose eyes open to what is heard and
 * through whose mouth runs what is said. It tells by its colour and shape where the conversation stands. Decoration: the status says it in
 * words.
 *
 * @attr src - Address of a picture; without one the face is our own
 *
 * @fires {VivaErrorEvent} viva-error - The picture could not be shown; our own face stands in for it
 *
 * @csspart avatar - The element itself, inside `<viva-voce>`
 * @csspart face - The disc, or the picture
 */
export class VivaAvatar extends AssistantElement {
  static override styles = [tokens, avatarStyles];
  static override properties: PropertyDeclarations = { src: {} };

  /** Address of a picture; null = our own face. */
  declare src: string | null;

  readonly #look = new SessionValue(this, ({ phase, muted }) => (muted && phase === 'listening' ? 'muted' : phase));
  readonly #expression = new Expression();
  /** The picture that does not come. */
  #missing: string | null = null;

  constructor() {
    super();
    this.src = null;
    new SoundFrames(this, (levels, nowMs) => this.#move(levels, nowMs));
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('src') || this.src === null) return;
    if (pictureUrl(this.src, document.baseURI) === null) this.#refuse(`${this.src} is no address of a picture`);
  }

  protected override render() {
    const url = this.src === null || this.src === this.#missing ? null : pictureUrl(this.src, document.baseURI);
    return html`<div class="ring ${this.#look.value}" aria-hidden="true">
      ${
        url === null
          ? html`<div part="face" class="face">
              <div class="eyes"><i></i><i></i></div>
              <div class="mouth"><i></i><i></i><i></i><i></i><i></i></div>
            </div>`
          : html`<img part="face" class="face" src=${url} alt="" draggable="false" @error=${this.#failed} />`
      }
    </div>`;
  }

  #move(levels: Levels, nowMs: number): boolean {
    const { style } = this;
    if (!this.#expression.step(levels, nowMs)) return true;
    const { heard, said, still } = this.#expression;
    style.setProperty('--_heard', String(heard));
    for (const [distance, height] of said.entries()) style.setProperty(`--_said-${distance}`, String(height));
    return !still;
  }

  readonly #failed = (): void => {
    this.#refuse(`no picture came from ${this.src ?? ''}`);
    this.requestUpdate();
  };

  #refuse(message: string): void {
    if (this.#missing === this.src) return;
    this.#missing = this.src;
    this.dispatchEvent(new VivaErrorEvent(new AssistantError('bad-option', message, { field: 'avatar' }).toFacts()));
  }
}
