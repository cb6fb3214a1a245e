/** How one viewer wants captions, kept from visit to visit where the browser lets it. */

export const sizes = ['s', 'm', 'l', 'xl', 'xxl'] as const;
export const placements = ['inline', 'bottom', 'top'] as const;
export const contrasts = ['page', 'dark', 'light', 'yellow'] as const;

export interface CaptionPreferences {
  readonly size: (typeof sizes)[number];
  /** In the flow of the page, or at an edge of the window. */
  readonly placement: (typeof placements)[number];
  readonly contrast: (typeof contrasts)[number];
  /** Languages read, as in the attribute `languages`. */
  readonly languages: string;
}

/** Refused on pages without storage, and in some private windows already at the first touch. */
function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** What was chosen under `key` before; what is none of the choices is left out. `key` '' = nothing is remembered. */
export function readPreferences(key: string, from: Pick<Storage, 'getItem'> | null = storage()): Partial<CaptionPreferences> {
  if (key === '') return {};
  try {
    return preferencesIn(JSON.parse(from?.getItem(key) ?? 'null'));
  } catch {
    // Another script's value, or storage that says no: as if nothing had been chosen.
    return {};
  }
}

export function preferencesIn(value: unknown): Partial<CaptionPreferences> {
  if (typeof value !== 'object' || value === null) return {};
  const told = value as Readonly<Record<string, unknown>>;
  const size = sizes.find((each) => each === told['size']);
  const placement = placements.find((each) => each === told['placement']);
  const contrast = contrasts.find((each) => each === told['contrast']);
  const languages = typeof told['languages'] === 'string' ? told['languages'].slice(0, 100) : undefined;
  return {
    ...(size === undefined ? {} : { size }),
    ...(placement === undefined ? {} : { placement }),
    ...(contrast === undefined ? {} : { contrast }),
    ...(languages === undefined ? {} : { languages }),
  };
}

/** False where the browser keeps nothing; the choice then lasts as long as the page. */
export function writePreferences(
  key: string,
  preferences: Partial<CaptionPreferences>,
  into: Pick<Storage, 'setItem'> | null = storage(),
): boolean {
  if (key === '' || into === null) return false;
  try {
    into.setItem(key, JSON.stringify(preferences));
    return true;
  } catch {
    return false;
  }
}
