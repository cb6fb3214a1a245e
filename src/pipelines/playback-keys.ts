/** What keys do to a player, as people know them from others. */

export type PlayerAction =
  | { readonly type: 'toggle' }
  | { readonly type: 'seek-by'; readonly seconds: number }
  | { readonly type: 'seek-share'; readonly share: number }
  | { readonly type: 'live' }
  | { readonly type: 'volume-by'; readonly change: number }
  | { readonly type: 'mute' }
  | { readonly type: 'fullscreen' }
  | { readonly type: 'captions' }
  | { readonly type: 'picture-in-picture' }
  | { readonly type: 'frame'; readonly direction: 1 | -1 }
  | { readonly type: 'speed'; readonly direction: 1 | -1 }
  | { readonly type: 'alert'; readonly direction: 1 | -1 }
  | { readonly type: 'transcript' };

export interface PressedKey {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Null = the key is not the player's. `live`: End and 9… go where there is no end. */
export function actionOf({ key, shiftKey, altKey, ctrlKey, metaKey }: PressedKey, live: boolean): PlayerAction | null {
  if (altKey || ctrlKey || metaKey) return null;
  if (/^\d$/.test(key)) return { type: 'seek-share', share: Number(key) / 10 };
  switch (key) {
    case '<':
      return { type: 'speed', direction: -1 };
    case '>':
      return { type: 'speed', direction: 1 };
    case 'N':
      return { type: 'alert', direction: 1 };
    case 'P':
      return { type: 'alert', direction: -1 };
  }
  if (shiftKey && key.length === 1 && key.toLowerCase() !== key) return null;
  switch (key) {
    case ' ':
    case 'k':
    case 'MediaPlayPause':
      return { type: 'toggle' };
    case 'ArrowLeft':
      return { type: 'seek-by', seconds: -5 };
    case 'ArrowRight':
      return { type: 'seek-by', seconds: 5 };
    case 'j':
      return { type: 'seek-by', seconds: -10 };
    case 'l':
      return { type: 'seek-by', seconds: 10 };
    case 'ArrowUp':
      return { type: 'volume-by', change: 0.05 };
    case 'ArrowDown':
      return { type: 'volume-by', change: -0.05 };
    case 'm':
      return { type: 'mute' };
    case 'f':
      return { type: 'fullscreen' };
    case 'c':
      return { type: 'captions' };
    case 'i':
      return { type: 'picture-in-picture' };
    case 't':
      return { type: 'transcript' };
    case ',':
      return { type: 'frame', direction: -1 };
    case '.':
      return { type: 'frame', direction: 1 };
    case 'Home':
      return { type: 'seek-share', share: 0 };
    case 'End':
      return live ? { type: 'live' } : { type: 'seek-share', share: 1 };
    default:
      return null;
  }
}

export const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** The next slower or faster one; the same at the ends. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  const others =
    direction > 0 ? SPEEDS.filter((each) => each > speed + 0.001) : SPEEDS.filter((each) => each < speed - 0.001).reverse();
  return others[0] ?? speed;
}
