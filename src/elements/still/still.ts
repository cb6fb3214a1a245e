import { LitElement, css, html, type PropertyValues } from 'lit';

/**
 * A picture out of a data URL, drawn on a canvas: strict pages forbid `<img src="data:…">`, a decoded bitmap is nobody's business.
 */
export class VivaStill extends LitElement {
  static override properties = { source: { attribute: false } };

  static override styles = css`
    :host {
      display: block;
    }

    canvas {
      display: block;
      max-inline-size: 100%;
      max-block-size: 220px;
      border-radius: 12px;
    }
  `;

  declare source: string;

  protected override render() {
    return html`<canvas></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('source')) void this.#draw(this.source);
  }

  async #draw(source: string): Promise<void> {
    const canvas = this.renderRoot.querySelector('canvas');
    const bitmap = await createImageBitmap(pictureOf(source));
    if (canvas !== null && source === this.source) {
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    }
    bitmap.close();
  }
}

/** The bytes of a base64 data URL. Throws an `InvalidCharacterError` on anything else. */
function pictureOf(source: string): Blob {
  const [head = '', body = ''] = source.split(',', 2);
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: /^data:([^;]+)/.exec(head)?.[1] ?? '' });
}
