import { localeTags } from '../../locales/tags.ts';
import { attempt } from '../attempt.ts';
import { localeFor } from '../locale-of.ts';
import type { Launcher } from '../viva-voce/launcher.ts';

/** What a visitor may choose for the time of the visit: the language, and the size of the text. */

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

export const usualSize = (host: Launcher): void => {
  chosen.delete(host);
};

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
