import { css, html, LitElement, type PropertyDeclarations } from 'lit';
import { filmTokens, tokens } from '../tokens.styles.ts';

/**
 * Says that the page records, for as long as it does: in the corner of the window, above everything, wherever the page is scrolled. It is
 * put into the page by `<viva-recorder>`, and neither attributes nor style sheets of the page make it go away.
 *
 * @csspart mark - The whole
 */
export class VivaRecordingMark extends LitElement {
  static override properties: PropertyDeclarations = { label: { attribute: false }, paused: { attribute: false } };

  static override styles = [
    tokens,
    filmTokens,
    css`
      /* Important rules of a shadow tree win over the page's own. */
      :host,
      :host([hidden]) {
        display: block !important;
        visibility: visible !important;
        opacity: 1 !important;
        position: fixed !important;
        inset: max(8px, env(safe-area-inset-top)) auto auto 50% !important;
        translate: -50% 0 !important;
        scale: none !important;
        clip-path: none !important;
        filter: none !important;
        margin: 0 !important;
        padding: 0 !important;
        border: 0 !important;
        inline-size: max-content !important;
        block-size: auto !important;
        max-inline-size: calc(100vw - 16px) !important;
        overflow: visible !important;
        background: none !important;
        z-index: 2147483647 !important;
        pointer-events: none !important;
      }

      p {
        display: flex;
        align-items: center;
        gap: var(--_s2);
        margin: 0;
        padding: var(--_s2) var(--_s4);
        border-radius: 999px;
        border: 1px solid var(--_on-film);
        background: var(--_recording-label);
        color: var(--_on-film);
        font: 600 14px/1.3 var(--_font);
        box-shadow: 0 2px 12px var(--_film-veil);
      }

      span {
        flex: none;
        inline-size: 10px;
        block-size: 10px;
        border-radius: 50%;
        background: var(--_on-film);
      }

      .paused span {
        background: none;
        border: 2px solid var(--_on-film);
      }

      @media (prefers-reduced-motion: no-preference) {
        p:not(.paused) span {
          animation: beat calc(2 * var(--_pulse)) ease-in-out infinite;
        }
      }

      @keyframes beat {
        50% {
          opacity: 0.35;
        }
      }
    `,
  ];

  declare label: string;
  declare paused: boolean;

  constructor() {
    super();
    this.label = '';
    this.paused = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The top layer: dialogs of the page do not cover it.
    if (typeof this.showPopover === 'function') {
      this.popover = 'manual';
      this.showPopover();
    }
  }

  protected override render() {
    return html`<p part="mark" class=${this.paused ? 'paused' : ''}><span></span><bdi>${this.label}</bdi></p>`;
  }
}
