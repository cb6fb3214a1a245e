import { html, nothing } from 'lit';
import { ownName } from '../captions/language-names.ts';
import { endIcon, microphoneIcon, mutedIcon, voiceIcon } from '../icons.ts';
import { silentIcon, speakIcon } from '../live-captions/icons.ts';
import type { InterpreterSource } from './interpreter-source.ts';
import { canSpeak } from './language-choice.ts';
import { talkKey, type TalkKeys } from './talk-keys.ts';
import type { Words } from './words.ts';

/** The buttons of an interpreter: begin and end, mute, speak aloud, the two keys to talk. */

/** What the buttons need to know of the interpreter they stand in. */
export interface Bar {
  /** Two people, one button each. */
  readonly holds: boolean;
  readonly source: InterpreterSource;
  readonly keys: TalkKeys;
  begin(this: void): void;
  stop(this: void): void;
}

export const iconButton = (label: string, icon: unknown, press: () => void, pressed: boolean, disabled = false) =>
  html`<button
    class="icon ${pressed ? 'pressed' : ''}"
    aria-label=${label}
    title=${label}
    aria-pressed=${pressed}
    ?disabled=${disabled}
    @click=${press}
  >
    ${icon}
  </button>`;

export function controls(words: Words, { source, keys, holds, begin, stop }: Bar) {
  const { running, translates } = source;
  const failed = source.state.phase === 'error';
  const ending = source.state.phase === 'ending';
  const ends = running || ending;
  return html`${holds ? talkKeys(words, source, keys) : nothing}
    <div part="controls">
      ${running && !holds ? mute(words, source) : nothing} ${running && translates ? aloud(words, source) : nothing}
      <button
        part="start"
        class=${ends ? 'outline end wide' : failed ? 'outline wide' : 'solid wide'}
        aria-disabled=${ending}
        @click=${ending ? nothing : running ? stop : begin}
      >
        ${ends ? endIcon : voiceIcon}<span>${ends ? words.interpreterStop : words.interpreterStart}</span>
      </button>
    </div>`;
}

function mute(words: Words, source: InterpreterSource) {
  const { muted } = source.state;
  const label = muted ? words.interpreterUnmute : words.interpreterMute;
  return iconButton(label, muted ? mutedIcon : microphoneIcon, () => source.interpreter?.mute(!muted), muted);
}

function aloud(words: Words, source: InterpreterSource) {
  const { speakAloud, languages } = source.state;
  const spoken = canSpeak(languages, source.pair);
  const label = speakAloud ? words.interpreterSilent : words.interpreterAloud;
  const press = (): void => source.interpreter?.speakAloud(!speakAloud);
  return iconButton(spoken ? label : words.interpreterNoVoice, speakAloud ? speakIcon : silentIcon, press, speakAloud, !spoken);
}

function talkKeys(words: Words, { pair, state }: InterpreterSource, keys: TalkKeys) {
  const key = (side: 'near' | 'far', language: string | null) => {
    const held = keys.held === side;
    const hint = held ? words.interpreterHolding : words.interpreterHold;
    const disabled = state.phase !== 'listening' || language === null;
    const name = language === null ? '–' : ownName(language);
    return talkKey({ side, language: language ?? 'en', name, hint, held, disabled }, keys);
  };
  return html`<div class="people">${key('near', pair.from)}${key('far', pair.to)}</div>`;
}
