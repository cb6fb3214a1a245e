/** The keys of headphones, keyboards and lock screens. */

export interface SessionActs {
  readonly title: string;
  readonly poster: string | null;
  play(): void;
  pause(): void;
  seekBy(seconds: number): void;
  seekTo(seconds: number): void;
  stop(): void;
}

const actions: readonly MediaSessionAction[] = ['play', 'pause', 'seekbackward', 'seekforward', 'seekto', 'stop'];
/** Which tag has the keys; the last that began to play. */
let holder: symbol | null = null;

/** What a browser without media keys does not have, whatever TypeScript's DOM says. */
const session = (): MediaSession | undefined => (navigator as Partial<Navigator>).mediaSession;

/** Takes the keys; the returned function gives them back, if nobody took them since. */
export function holdMediaKeys({ title, poster, ...acts }: SessionActs): () => void {
  const keys = session();
  if (keys === undefined) return () => undefined;
  const mine = Symbol('player');
  holder = mine;
  if (title !== '' && typeof MediaMetadata !== 'undefined')
    keys.metadata = new MediaMetadata({
      title,
      artwork: poster === null ? [] : [{ src: new URL(poster, document.baseURI).href }],
    });
  const on: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => acts.play(),
    pause: () => acts.pause(),
    seekbackward: ({ seekOffset }) => acts.seekBy(-(seekOffset ?? 10)),
    seekforward: ({ seekOffset }) => acts.seekBy(seekOffset ?? 10),
    seekto: ({ seekTime }) => acts.seekTo(seekTime ?? 0),
    stop: () => acts.stop(),
  };
  for (const action of actions) set(keys, action, on[action] ?? null);
  return () => {
    if (holder !== mine) return;
    holder = null;
    for (const action of actions) set(keys, action, null);
    keys.metadata = null;
  };
}

function set(keys: MediaSession, action: MediaSessionAction, act: MediaSessionActionHandler | null): void {
  try {
    keys.setActionHandler(action, act);
  } catch (cause) {
    // An action that this browser does not know.
    if (!(cause instanceof TypeError)) throw cause;
  }
}

/** Where it is, for the lock screen's own bar; live pictures have none. */
export function tellPosition(video: HTMLVideoElement): void {
  const { duration, currentTime, playbackRate } = video;
  const keys = session();
  if (keys === undefined || !Number.isFinite(duration) || currentTime > duration) return;
  keys.setPositionState({ duration, position: currentTime, playbackRate: playbackRate > 0 ? playbackRate : 1 });
}
