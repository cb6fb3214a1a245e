import { html, nothing, type ReactiveControllerHost } from 'lit';
import type { Interpreter } from '../../session/interpreter.ts';
import { copyText } from '../copy-text.ts';
import { copyIcon } from '../live-captions/icons.ts';
import type { Words } from './words.ts';

interface Host extends ReactiveControllerHost {
  readonly renderRoot: ParentNode;
}

/** The link under which others follow, while it is shown, and what a press on copy came to: that link, or all that was said. */
export class Sharing {
  link: string | null = null;
  told: '' | 'captionsCopied' | 'captionsNotCopied' = '';
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Makes the link, or takes it back from the screen. Rejects as the interpreter does. */
  async toggle(interpreter: Interpreter | null): Promise<void> {
    const shown = this.link !== null;
    this.end();
    if (shown || interpreter === null) return;
    this.link = await interpreter.share();
    this.#host.requestUpdate();
  }

  /** Nobody can follow any more. */
  end(): void {
    this.link = null;
    this.forget();
  }

  /** What was copied is no news any more. */
  forget(): void {
    this.told = '';
    this.#host.requestUpdate();
  }

  readonly copy = (text: string): void => {
    void copyText(text).then((copied) => {
      this.told = copied ? 'captionsCopied' : 'captionsNotCopied';
      this.#host.requestUpdate();
      if (!copied) this.#host.renderRoot.querySelector<HTMLInputElement>('.share input')?.select();
    });
  };

  view(words: Words) {
    const { link } = this;
    if (link === null) return nothing;
    return html`<div part="share" class="share">
      <label>
        <bdi>${words.interpreterShared}</bdi>
        <input
          readonly
          aria-label=${words.interpreterLink}
          .value=${link}
          @focus=${(event: Event) => (event.currentTarget as HTMLInputElement).select()}
        />
      </label>
      <button class="outline" @click=${() => this.copy(link)}>${copyIcon}${words.interpreterCopyLink}</button>
    </div>`;
  }
}
