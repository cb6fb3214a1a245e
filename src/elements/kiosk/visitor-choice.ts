import { localeTags } from '../../locales/tags.ts';
import { attempt } from '../attempt.ts';
import { localeFor } from '../locale-of.ts';
import type { Launcher } from '../viva-voce/launcher.ts';

/** What a visitor may choose for the time of the visit: the language, the size of the text, and how loud it is. */

/** Sizes of the text against the usual one; a press takes the next. */
const SCALES: readonly number[] = [1, 1.25, 1.5, 2];

const chosen = new WeakMap<Launcher, number>();

export function larger(host: Launcher): void {
  const next = SCALES[(SCALES.indexOf(chosen.get(host) ?? 1) + 1) % SCALES.length] ?? 1;
  chosen.set(host, next);
  host.style.removeProperty('--viva-font-size');
  const usual = getComputedStyle(host).getPropertyValue('--viva-font-size');
  if (next !== 1) host.style.setProperty('--viva-font-size', `calc((${usual}) * ${next})`);
}

/** For the next visitor. */
export function usual(host: Launcher): void {
  chosen.delete(host);
  loudness.delete(host);
}

/** Steps of loudness, 0 (silent) to this. */
export const LOUDEST = 10;
/** Before anybody chooses, so that a visitor who hears badly can make it louder too. */
const USUAL_STEP = 7;

const loudness = new WeakMap<Launcher, number>();

export const loudnessOf = (host: Launcher): number => loudness.get(host) ?? USUAL_STEP;

/** The gain of it, 0–1: steps that sound alike grow by the square. */
export const volumeOf = (host: Launcher): number => (loudnessOf(host) / LOUDEST) ** 2;

/** The conversation sounds as loud as was chosen, also one that begins only now. */
export function applyVolume(host: Launcher): void {
  host.assistant?.setVolume(volumeOf(host));
}

export function chooseLoudness(host: Launcher, step: number): void {
  loudness.set(host, step);
  applyVolume(host);
}

/** BCP 47 tags to choose from: those of the attribute `languages`, with spaces between, else all that we have. */
export function languagesOf(host: Launcher): readonly string[] {
  const named = host.languages;
  if (named === null) return ['en', ...localeTags].sort();
  return named.split(/\s+/).filter((tag) => tag !== '' && localeFor(tag) !== null);
}

/** What is shown and what is spoken from now on; a conversation that goes on begins anew in it. */
export function chooseLanguage(host: Launcher, tag: string): void {
  host.setAttribute('lang', tag);
  host.language = tag;
  const { assistant } = host;
  if (assistant === null || ['idle', 'ended'].includes(assistant.state.value.phase)) return;
  attempt(host, async () => {
    await assistant.stop();
    await assistant.start({ voice: host.mode !== 'chat' });
  });
}
