import type { CaptionLine } from '../pipelines/caption-lines.ts';

/** Fired by `<viva-voce>` when a line of captions was added or changed; `final` says that neither side changes any more. */
export class VivaCaptionEvent extends Event {
  readonly line: CaptionLine;
  readonly final: boolean;

  /** `translated`: a translation is awaited as well. */
  constructor(line: CaptionLine, translated: boolean) {
    super('viva-caption', { bubbles: true, composed: true });
    this.line = line;
    this.final = line.original?.final === true && (!translated || line.translation?.final === true);
  }
}

declare global {
  interface HTMLElementEventMap {
    'viva-caption': VivaCaptionEvent;
  }
}
