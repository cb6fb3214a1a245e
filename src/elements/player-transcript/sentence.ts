import { html, nothing } from 'lit';
import { lineOf, type TimedCaption } from '../../pipelines/playback-captions.ts';
import { marked } from '../../pipelines/playback-search.ts';
import { textFor, type CaptionWish } from '../caption-rows/viewer-choice.ts';

/** One sentence of a transcript: its time and its words, what was looked for marked; a press goes there. */

export interface Sentence {
  readonly caption: TimedCaption;
  readonly current: boolean;
  readonly wishes: readonly CaptionWish[];
  /** BCP 47 of the translation that is read. */
  readonly to: string | null;
  /** Empty = nothing is looked for. */
  readonly query: string;
  readonly timeText: (dateMs: number) => string;
  /** ms on the picture's clock */
  readonly go: (dateMs: number) => void;
}

export function sentence({ caption, current, wishes, to, query, timeText, go }: Sentence) {
  const line = lineOf(caption, to);
  const sides = wishes.map((wish) => textFor(line, wish)).filter((side) => side !== null);
  // One that is in another language than the viewer reads still tells where something was said.
  const texts = sides.length > 0 ? sides : [line.original ?? line.translation].filter((side) => side !== null);
  if (texts.length === 0) return nothing;
  return html`<li part="sentence">
    <button class="row" aria-current=${current ? 'true' : nothing} @click=${() => go(caption.startMs)}>
      <time><bdi>${timeText(caption.startMs)}</bdi></time>
      <span class="texts">
        ${texts.map(
          ({ text, language, final }) =>
            html`<span dir="auto" lang=${language === '' ? nothing : language} class=${final ? '' : 'interim'}
              >${
                query === ''
                  ? text
                  : marked(text, query).map((piece, place) => (place % 2 === 1 ? html`<mark>${piece}</mark>` : piece))
              }</span
            >`,
        )}
      </span>
    </button>
  </li>`;
}
