import '../../../src/elements/alerts/define.ts';
import '../../../src/elements/player/define.ts';
import type { VivaCaptionRows } from '../../../src/elements/caption-rows/caption-rows.ts';
import type { VivaPlayer } from '../../../src/elements/player/player.ts';

/** A page with one player that notes, as a viewer sees them, each picture's barcode, each caption and each toast. */

export interface SeenPicture {
  /** Page's clock, Unix ms. */
  readonly atMs: number;
  /** What its barcode tells: Unix ms. */
  readonly takenMs: number;
  /** What the player's clock tells of it: Unix ms. */
  readonly dateMs: number;
}

export interface SeenCaption {
  readonly atMs: number;
  readonly id: string;
  readonly text: string;
  readonly startMs: number;
  readonly final: boolean;
  /** What was on the screen: Unix ms by its barcode; null = it could not be read. */
  readonly takenMs: number | null;
}

export interface SeenToast {
  readonly atMs: number;
  readonly id: string;
  readonly label: string;
  readonly startMs: number;
  /** When the page was told, its clock. */
  readonly arrivedMs: number;
  readonly takenMs: number | null;
}

const seen = { pictures: [] as SeenPicture[], captions: [] as SeenCaption[], toasts: [] as SeenToast[], misread: 0 };
const BITS = 28;
const WRAP_MS = 0x1000000;
/** Beyond so long without a picture nobody knows what is on the screen, ms. */
const STALE_MS = 500;

let player: VivaPlayer | null = null;
const canvas = new OffscreenCanvas(BITS, 1);
const context = canvas.getContext('2d', { willReadFrequently: true });

function read(video: HTMLVideoElement): number | null {
  if (context === null || video.videoWidth === 0) return null;
  // The middle of each bar: 28 of 32 tenths of the width.
  const bar = video.videoWidth / 32;
  context.imageSmoothingEnabled = false;
  context.drawImage(video, 0, bar / 2, bar * BITS, 1, 0, 0, BITS, 1);
  const { data } = context.getImageData(0, 0, BITS, 1);
  let value = 0;
  for (let bit = 0; bit < BITS; bit++) value = value * 2 + ((data[bit * 4] ?? 0) > 126 ? 1 : 0);
  const time = Math.floor(value / 16);
  let sum = 0;
  for (let shift = 0; shift < 24; shift += 4) sum ^= (time >> shift) & 15;
  if (sum !== value % 16) return null;
  // It wraps after 4.6 hours: of what was recorded within two hours of now.
  const nowMs = Date.now();
  return nowMs - ((nowMs - time + WRAP_MS / 2) % WRAP_MS) + WRAP_MS / 2;
}

const takenNow = (): number | null => {
  const last = seen.pictures.at(-1);
  const video = player?.video;
  if (last === undefined || video === undefined || Date.now() - last.atMs > STALE_MS) return null;
  return last.takenMs + (video.paused ? 0 : (Date.now() - last.atMs) * video.playbackRate);
};

function watchPictures(video: HTMLVideoElement): void {
  const next = (_now: number, { mediaTime }: VideoFrameCallbackMetadata): void => {
    const takenMs = read(video);
    if (takenMs === null || player === null) seen.misread += 1;
    else {
      const dateMs = player.currentDateMs - (video.currentTime - mediaTime) * 1000;
      seen.pictures.push({ atMs: Date.now(), takenMs, dateMs });
    }
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}

const told = new Set<string>();

function look(root: ShadowRoot): void {
  const rows = root.querySelector<VivaCaptionRows>('viva-caption-rows');
  if (rows !== null && rows.closest('[hidden]') === null) {
    for (const { id, original, at } of rows.lines) {
      const key = `${id} ${original?.text ?? ''}`;
      if (original === null || original.text === '' || told.has(key)) continue;
      told.add(key);
      const { text, final } = original;
      seen.captions.push({ atMs: Date.now(), id, text, final, startMs: at, takenMs: takenNow() });
    }
  }
  for (const { alert } of player?.desk.toasts.shown ?? []) {
    if (told.has(`toast ${alert.id}`)) continue;
    told.add(`toast ${alert.id}`);
    const { id, label, startMs, arrivedMs } = alert;
    seen.toasts.push({ atMs: Date.now(), id, label, startMs, arrivedMs, takenMs: takenNow() });
  }
}

/** The shadows of what has come by now are looked into too. */
function watchShadows(root: ShadowRoot, watched = new WeakSet<Node>()): void {
  const observer = new MutationObserver(() => {
    follow();
    look(root);
  });
  const follow = (): void => {
    for (const name of ['viva-caption-rows', 'viva-alert-toasts']) {
      const inner = root.querySelector(name)?.shadowRoot;
      if (inner === null || inner === undefined || watched.has(inner)) continue;
      watched.add(inner);
      observer.observe(inner, { childList: true, subtree: true, characterData: true });
    }
  };
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['hidden'] });
  follow();
}

const api = {
  play(attributes: Readonly<Record<string, string>>): void {
    told.clear();
    for (const list of [seen.pictures, seen.captions, seen.toasts]) list.length = 0;
    const tag = document.createElement('viva-player');
    for (const [name, value] of Object.entries({ autoplay: '', muted: '', 'storage-key': '', ...attributes }))
      tag.setAttribute(name, value);
    player = tag;
    document.querySelector('main')?.replaceChildren(tag);
    void tag.updateComplete.then(() => {
      if (tag.shadowRoot !== null) watchShadows(tag.shadowRoot);
      watchPictures(tag.video);
    });
  },
  seen: () => seen,
  phase: () => player?.phase ?? null,
  behindMs: () => (player === null ? null : Date.now() - player.currentDateMs),
  rate(rate: number): void {
    if (player !== null) player.video.playbackRate = rate;
  },
  alerts: () => player?.desk.store.list.map(({ id, label, startMs }) => ({ id, label, startMs })) ?? [],
  /** Goes to where the player has a date, and tells what the picture there says. */
  async pictureAt(dateMs: number): Promise<SeenPicture | null> {
    if (player === null) return null;
    const { video } = player;
    video.pause();
    const shown = new Promise<number>((resolve) => video.requestVideoFrameCallback((_now, { mediaTime }) => resolve(mediaTime)));
    player.currentDateMs = dateMs;
    const mediaTime = await Promise.race([shown, new Promise<null>((resolve) => setTimeout(() => resolve(null), 3000))]);
    const takenMs = read(video);
    if (mediaTime === null || takenMs === null) return null;
    return { atMs: Date.now(), takenMs, dateMs: player.currentDateMs - (video.currentTime - mediaTime) * 1000 };
  },
  async end(): Promise<void> {
    document.querySelector('main')?.replaceChildren();
    await Promise.resolve();
  },
};

declare global {
  var clocksPage: typeof api | undefined;
}

globalThis.clocksPage = api;
