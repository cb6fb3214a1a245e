import type { ConnectWish, IndexWish, TranscriptWish } from '../../session/streams.ts';

/** What the forms of the desk say, as wishes. Pure. */

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** A whole number of a field that the form itself keeps within its range. */
const count = (form: FormData, name: string): number => Math.max(1, Math.round(Number(text(form, name)) || 1));

/** Frames a minute; null = the field is empty. */
const rate = (form: FormData): number | null => (text(form, 'rate') === '' ? null : count(form, 'rate'));

export const changeWish = (form: FormData): { readonly name: string; readonly sampleRate: number | null } => ({
  name: text(form, 'title'),
  sampleRate: rate(form),
});

export const transcriptWish = (form: FormData): TranscriptWish => ({
  language: text(form, 'language'),
  translateTo: languageTags(form),
});

export const promptOf = (form: FormData): string => text(form, 'prompt');

export function connectWish(form: FormData): ConnectWish {
  const tracks = (['video', 'audio'] as const).filter((track) => form.has(track));
  const url = text(form, 'url');
  return {
    name: text(form, 'name'),
    url: form.get('from') === 'push' ? null : url,
    // Nothing chosen is not "nothing": a stream without tracks is none.
    tracks: tracks.length === 0 ? ['video', 'audio'] : tracks,
    store: form.has('store'),
    transcript: form.has('transcript'),
    sampleRate: rate(form),
  };
}

export function indexWish(form: FormData): IndexWish {
  const about = { name: text(form, 'name'), prompt: text(form, 'prompt') };
  if (form.get('kind') === 'audio') {
    const by = text(form, 'by');
    return { ...about, kind: 'audio', by: by === 'word' || by === 'time' ? by : 'sentence', count: count(form, 'count') };
  }
  return { ...about, kind: 'visual', seconds: count(form, 'seconds'), frames: count(form, 'frames'), tier: text(form, 'tier') };
}

export const eventWish = (form: FormData): { readonly label: string; readonly prompt: string } => ({
  label: text(form, 'label'),
  prompt: text(form, 'prompt'),
});

export const alertWish = (
  form: FormData,
): { readonly indexId: string; readonly eventId: string; readonly callbackUrl: string } => ({
  indexId: text(form, 'index'),
  eventId: text(form, 'event'),
  callbackUrl: text(form, 'url'),
});

/** `es, fr`, or a box for each → `['es', 'fr']` */
const languageTags = (form: FormData): readonly string[] =>
  form
    .getAll('into')
    .flatMap((value) => (typeof value === 'string' ? value.split(/[\s,;]+/) : []))
    .filter((tag) => tag !== '');

/** A moment as `<input type="datetime-local" step="1">` wants it, in the viewer's own time zone. */
export function localMoment(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Null: the field is empty. */
export function momentOf(form: FormData, name: string): number | null {
  const ms = new Date(text(form, name)).getTime();
  return Number.isNaN(ms) ? null : ms;
}
