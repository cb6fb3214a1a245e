import { html, nothing } from 'lit';
import { SPEEDS } from '../../pipelines/playback-keys.ts';
import type { PlaybackState } from '../../pipelines/playback-state.ts';
import type { CaptionStrings } from '../captions/caption-strings.ts';
import { languageName } from '../captions/language-names.ts';
import { contrasts, sizes } from '../captions/preferences.ts';
import type { PlayerStrings } from './player-strings.ts';
import { grounds, paces, type PlayerPreferences } from './remembered.ts';

/** The sheet of choices: picture, speed, and how captions are read. */
export interface SettingsView {
  readonly words: PlayerStrings & CaptionStrings;
  readonly state: PlaybackState;
  readonly chosen: PlayerPreferences;
  /** BCP 47 of what captions exist in, the spoken one first. */
  readonly languages: readonly string[];
  /** The language that the reader has. */
  readonly reader: string;
  readonly quality: (index: number | null) => void;
  readonly choose: (changes: Partial<PlayerPreferences>) => void;
}

interface Option {
  readonly value: string;
  readonly name: string;
}

const select = (name: string, label: string, options: readonly Option[], now: string, chosen: (value: string) => void) =>
  html`<label>
    <span>${label}</span>
    <select name=${name} @change=${(event: Event) => chosen((event.currentTarget as HTMLSelectElement).value)}>
      ${options.map(({ value, name: text }) => html`<option value=${value} .selected=${value === now}>${text}</option>`)}
    </select>
  </label>`;

const height = (px: number, bitsPerSecond: number): string =>
  px > 0 ? `${px}p` : `${Math.max(1, Math.round(bitsPerSecond / 1000))} kbit/s`;

export const settingsSheet = (view: SettingsView) => {
  const { words, state, chosen, choose } = view;
  const hasCaptions = view.languages.length > 0;
  return html`${state.qualities.length > 1 ? quality(view) : nothing}
    ${select(
      'speed',
      words.playerSpeed,
      SPEEDS.map((speed) => ({ value: String(speed), name: speed === 1 ? words.playerNormal : `${speed}×` })),
      String(chosen.speed),
      (value) => choose({ speed: Number(value) }),
    )}
    ${
      hasCaptions
        ? select('languages', words.playerCaptions, captionOptions(view), chosen.languages, (languages) => choose({ languages }))
        : nothing
    }
    ${
      state.live
        ? select(
            'pace',
            words.playerTiming,
            paces.map((pace) => ({ value: pace, name: pace === 'sync' ? words.playerSync : words.playerFast })),
            chosen.pace,
            (value) => choose({ pace: value === 'sync' ? 'sync' : 'fast' }),
          )
        : nothing
    }
    ${select(
      'size',
      words.captionsSize,
      sizes.map((size) => ({ value: size, name: words[`captionsSize-${size}`] })),
      chosen.size,
      (value) => choose({ size: sizes.find((size) => size === value) ?? chosen.size }),
    )}
    ${select(
      'contrast',
      words.captionsColours,
      contrasts
        .filter((contrast) => contrast !== 'page')
        .map((contrast) => ({ value: contrast, name: words[`captionsColours-${contrast}`] })),
      chosen.contrast,
      (value) => choose({ contrast: contrasts.find((contrast) => contrast === value) ?? chosen.contrast }),
    )}
    ${select(
      'ground',
      words.playerGround,
      [
        { value: 'solid', name: words.playerGroundSolid },
        { value: 'half', name: words.playerGroundHalf },
        { value: 'none', name: words.playerGroundNone },
      ],
      chosen.ground,
      (value) => choose({ ground: grounds.find((ground) => ground === value) ?? chosen.ground }),
    )}
    <label class="check">
      <input
        type="checkbox"
        name="announce"
        .checked=${chosen.announce}
        @change=${(event: Event) => choose({ announce: (event.currentTarget as HTMLInputElement).checked })}
      />
      <span>${words.playerAnnounce}</span>
    </label>`;
};

function quality({ words, state, quality: choose }: SettingsView) {
  const { qualities, automatic, quality: now } = state;
  const loaded = qualities.find(({ index }) => index === now);
  const name =
    loaded === undefined || !automatic
      ? words.playerAutomatic
      : words.playerAutomaticNow.replace('{quality}', height(loaded.height, loaded.bitsPerSecond));
  const options = [
    { value: '', name },
    ...[...qualities]
      .sort((one, other) => other.height - one.height || other.bitsPerSecond - one.bitsPerSecond)
      .map((each) => ({ value: String(each.index), name: height(each.height, each.bitsPerSecond) })),
  ];
  const value = automatic || now === null ? '' : String(now);
  return select('quality', words.playerQuality, options, value, (index) => choose(index === '' ? null : Number(index)));
}

/** As spoken, each translation, and both together. */
function captionOptions({ words, languages, reader }: SettingsView): readonly Option[] {
  const [spoken, ...others] = languages;
  const name = (tag: string) => languageName(tag, reader);
  const original = spoken === undefined ? words.captionsOriginal : `${words.captionsOriginal} (${name(spoken)})`;
  return [
    { value: 'original', name: spoken === undefined || spoken === '' ? words.captionsOriginal : original },
    ...others.map((tag) => ({ value: tag, name: name(tag) })),
    ...others.map((tag) => ({ value: `original ${tag}`, name: `${words.captionsOriginal} + ${name(tag)}` })),
  ];
}
