import { html, nothing } from 'lit';
import { devicesIcon } from '../icons.ts';
import { peopleIcon, saveIcon, shareIcon } from '../live-captions/icons.ts';
import { menu } from '../live-captions/menu.ts';
import { saveSheet } from '../live-captions/save-sheet.ts';
import { iconButton } from './controls.ts';
import type { InterpreterSource } from './interpreter-source.ts';
import type { Sharing } from './sharing.ts';
import { statusOf, type Words } from './words.ts';

/** The top of an interpreter: its title, where it stands, and the buttons that are not needed for every sentence. */
export interface Top {
  readonly source: InterpreterSource;
  readonly sharing: Sharing;
  /** Two people, one button each. */
  readonly holds: boolean;
  /** The interpreter is the page's own: how turns are taken is not for this tag to say. */
  readonly given: boolean;
  /** The device menu is open. */
  readonly choosing: boolean;
  /** What it stands in has a button in its corner. */
  readonly cornered: boolean;
  people(this: void): void;
  share(this: void): void;
  devices(this: void): void;
  /** Something was saved or copied. */
  saved(this: void): void;
}

export function header(words: Words, view: Top) {
  const { source, sharing, holds, given, choosing, people, share, devices, saved } = view;
  const { reads, phase, running, lines } = source;
  return html`<header part="header" class=${view.cornered ? 'cornered' : ''}>
    <div class="titles">
      <h2 part="title">${words.interpreterTitle}</h2>
      <p class="status ${phase === 'listening' ? 'on' : ''}" role="status">
        <bdi>${sharing.told === '' ? statusOf(words, source) : words[sharing.told]}</bdi>
      </p>
    </div>
    <div class="tools">
      ${
        reads || given || running || phase === 'ending'
          ? nothing
          : iconButton(holds ? words.interpreterOne : words.interpreterTwo, peopleIcon, people, holds)
      }
      ${reads || !running ? nothing : iconButton(words.interpreterShare, shareIcon, share, sharing.link !== null)}
      ${reads ? nothing : deviceButton(words.devices, devices, choosing)}
      ${menu('save', words.captionsSave, saveIcon, saveSheet(words, lines, 'both', sharing.copy, saved))}
    </div>
  </header>`;
}

const deviceButton = (label: string, press: () => void, open: boolean) =>
  html`<button part="devices" class="icon" aria-label=${label} title=${label} aria-expanded=${open} @click=${press}>
    ${devicesIcon}
  </button>`;
