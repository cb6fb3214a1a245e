import { html, nothing } from 'lit';
import type { AnnouncedLines } from '../caption-rows/announced-lines.ts';
import type { Strings } from '../english.ts';
import { trouble } from '../live-captions/trouble.ts';
import type { Localized } from '../localized.ts';
import type { Readings } from '../metrics/metrics-events.ts';
import type { Attempts } from './attempts.ts';
import { controls, type Bar } from './controls.ts';
import { header, type Top } from './header.ts';
import { history, type History } from './history.ts';
import { pairPickers } from './pair-pickers.ts';
import { statusOf, type Words } from './words.ts';

/** All of an interpreter, from its title to its buttons. */
export interface View extends Top, Bar, History {
  readonly locale: Pick<Localized, 'tag' | 'dir'>;
  /** Those that are not the English ones. */
  readonly told: Partial<Strings>;
  readonly announced: AnnouncedLines;
  readonly attempts: Attempts;
  /** Null = none are shown. */
  readonly readings: Readings | null;
  again(this: void): void;
  /** Moves the focus to what stays. */
  elsewhere(this: void): void;
}

export const BOTH = ['original', 'translation'] as const;

export function interpreterView(words: Words, view: View) {
  const { source, sharing, attempts, announced, told, again, elsewhere } = view;
  const { reads, trouble: shown } = source;
  return html`<div part="frame" class="frame" lang=${view.locale.tag} dir=${view.locale.dir}>
    ${header(words, view)} ${reads ? nothing : languages(words, view)}
    ${
      view.choosing
        ? html`<div class="choosing"><viva-devices nocamera exportparts="device-menu,device-test"></viva-devices></div>`
        : sentences(words, view)
    }
    ${sharing.view(words)}
    ${trouble({
      error: shown.error ?? attempts.failure,
      notice: shown.notice,
      words: told,
      dismissed: attempts.dismissed,
      again,
      dismiss: attempts.dismiss,
      elsewhere,
    })}
    ${reads ? nothing : [soundNotes(view), controls(words, view)]}
    <div class="unseen" role="log" aria-live="polite" aria-label=${words.interpreterHistory}>
      ${announced.places.map(({ text, language }) => html`<p lang=${language === '' ? nothing : language}>${text}</p>`)}
    </div>
  </div>`;
}

/** What was said before, and large what is said right now. */
function sentences(words: Words, view: View) {
  const { source } = view;
  const { lines, reads, running } = source;
  return html`${history(words, lines.slice(0, -1), view)}
    <viva-caption-rows
      part="now"
      .lines=${lines.slice(-1)}
      .wishes=${source.translates ? BOTH : ['original']}
      .waiting=${lines.length > 0 ? '' : running || reads ? statusOf(words, source) : words.interpreterEmpty}
      .label=${words.interpreterNow}
      .quiet=${true}
    ></viva-caption-rows>`;
}

function languages(words: Words, { source }: View) {
  const { state, pair } = source;
  return html`${pairPickers(
    words,
    state.languages,
    pair,
    (chosen) => source.choose(chosen),
    () => source.swap(),
  )}
  ${state.languages?.quality === 'rough' ? html`<p part="note" class="note"><bdi>${words.interpreterRough}</bdi></p>` : nothing}`;
}

/** What was plugged in or out, and how good the connection is. */
const soundNotes = ({ readings, told }: View) =>
  html`<viva-device-news exportparts="device-news"></viva-device-news> ${
      readings === null
        ? nothing
        : html`<viva-metrics exportparts="metrics" .readings=${readings} .interprets=${true} .strings=${told}></viva-metrics>`
    }`;
