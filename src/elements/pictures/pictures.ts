import { html, nothing } from 'lit';
import type { LiveStream } from '../../session/assistant.ts';
import { AssistantElement } from '../assistant-element.ts';
import { attempt } from '../attempt.ts';
import { controlStyles } from '../controls.styles.ts';
import { endIcon } from '../icons.ts';
import { AssistantValue, noPictures } from '../session-value.ts';
import { filmTokens, tokens } from '../tokens.styles.ts';
import { pictureStrings } from './picture-strings.ts';
import { picturesStyles } from './pictures.styles.ts';

/**
 * What the assistant is being shown: camera and screen as the user sees them, marked for as long as they go along.
 *
 * @csspart pictures - Each picture
 * @csspart indicator - The mark that says what is on
 */
export class VivaPictures extends AssistantElement {
  static override styles = [tokens, filmTokens, controlStyles, picturesStyles];

  readonly #pictures = new AssistantValue(
    this,
    (assistant) => assistant.pictures,
    (pictures) => pictures,
    noPictures,
  );

  protected override render() {
    const { camera, screen } = this.#pictures.value;
    const strings = { ...pictureStrings, ...this.strings };
    if (camera === null && screen === null) return nothing;
    return html`${camera === null ? nothing : this.#view('camera', camera, strings.cameraOn, strings.cameraOff)}
      ${screen === null ? nothing : this.#view('screen', screen, strings.screenOn, strings.screenOff)}
      <button class="outline ask" @click=${this.#ask}>${strings.showThis}</button>`;
  }

  #view(kind: 'camera' | 'screen', stream: LiveStream, label: string, stop: string) {
    // The session knows streams by id only; the page's are MediaStreams, a test's may be nothing that plays.
    const source = stream instanceof MediaStream ? stream : null;
    return html`<figure part="pictures" class=${kind}>
      <video .srcObject=${source} .muted=${true} autoplay playsinline aria-label=${label}></video>
      <figcaption part="indicator"><span class="dot"></span>${label}</figcaption>
      <button class="icon" aria-label=${stop} title=${stop} @click=${() => this.#stop(kind)}>${endIcon}</button>
    </figure>`;
  }

  #stop(kind: 'camera' | 'screen'): void {
    if (kind === 'camera') this.assistant?.stopCamera();
    else this.assistant?.stopScreen();
  }

  readonly #ask = (): void => {
    attempt(this, (assistant) => assistant.snapshot(this.strings.showQuestion ?? pictureStrings.showQuestion));
  };
}
