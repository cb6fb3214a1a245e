import { preferencesIn, type CaptionPreferences } from '../captions/preferences.ts';

/** How one viewer wants to watch, kept from visit to visit where the browser lets it. */

export const grounds = ['solid', 'half', 'none'] as const;
export const paces = ['sync', 'fast'] as const;

export interface PlayerPreferences extends Omit<CaptionPreferences, 'placement'> {
  readonly volume: number;
  readonly muted: boolean;
  readonly speed: number;
  readonly captionsOn: boolean;
  /** What captions stand on. */
  readonly ground: (typeof grounds)[number];
  readonly pace: (typeof paces)[number];
  /** Captions are read to screen readers as well. */
  readonly announce: boolean;
}

export const usual: PlayerPreferences = {
  volume: 1,
  muted: false,
  speed: 1,
  captionsOn: true,
  size: 'm',
  contrast: 'dark',
  ground: 'half',
  // On the picture's clock: words that are here before the picture is would be read before they are heard.
  pace: 'sync',
  languages: 'original',
  announce: false,
};

/** What of a kept value can be meant; the rest is left out. */
function playerPreferencesIn(value: unknown): Partial<PlayerPreferences> {
  if (typeof value !== 'object' || value === null) return {};
  const told = value as Readonly<Record<string, unknown>>;
  const { placement: _placement, ...captions } = preferencesIn(value);
  const number = (name: string, least: number, most: number) => {
    const given = told[name];
    return typeof given === 'number' && given >= least && given <= most ? { [name]: given } : {};
  };
  const yes = (name: string) => (typeof told[name] === 'boolean' ? { [name]: told[name] } : {});
  const ground = grounds.find((each) => each === told['ground']);
  const pace = paces.find((each) => each === told['pace']);
  return {
    ...captions,
    ...number('volume', 0, 1),
    ...number('speed', 0.25, 2),
    ...yes('muted'),
    ...yes('captionsOn'),
    ...yes('announce'),
    ...(ground === undefined ? {} : { ground }),
    ...(pace === undefined ? {} : { pace }),
  };
}

/** `key` '' = nothing is remembered. */
export function readPlayerPreferences(key: string): Partial<PlayerPreferences> {
  if (key === '') return {};
  try {
    return playerPreferencesIn(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    // Another script's value, or storage that says no: as if nothing had been chosen.
    return {};
  }
}

/** False where the browser keeps nothing; the choice then lasts as long as the page. */
export function writePlayerPreferences(key: string, preferences: Partial<PlayerPreferences>): boolean {
  if (key === '') return false;
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
    return true;
  } catch {
    return false;
  }
}
