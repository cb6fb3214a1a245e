import type { Launcher } from '../viva-voce/launcher.ts';
import { applyVolume, usual } from './visitor-choice.ts';

/** Takes away everything that a visitor has left: what was said and written, what was chosen, what was stored. */

/** What a kiosk goes back to. */
export interface KioskDefaults {
  readonly lang: string | null;
  readonly language: string | null;
  readonly fontSize: string;
}

/** Names in storage that are the device's own and not a visitor's. */
const OF_THE_DEVICE = 'viva-kiosk';

export const defaultsOf = (host: Launcher): KioskDefaults => ({
  lang: host.getAttribute('lang'),
  language: host.language,
  fontSize: host.style.getPropertyValue('--viva-font-size'),
});

/**
 * Ends the conversation and lets go of it. The panel is taken down with all that it holds and made anew with the next assistant: the tag's
 * own one is replaced; one that the page gave is stopped and stays.
 */
export async function clearVisitor(host: Launcher, defaults: KioskDefaults): Promise<void> {
  const { assistant } = host;
  const given = host.given;
  assistant?.stopCamera();
  assistant?.stopScreen();
  await assistant?.stop();
  host.assistant = null;
  restore(host, defaults);
  forget(storage('sessionStorage'), host);
  forget(storage('localStorage'), host);
  getSelection()?.removeAllRanges();
  await host.updateComplete;
  if (!given || assistant === null) return;
  host.assistant = assistant;
  applyVolume(host);
}

function restore(host: Launcher, { lang, language, fontSize }: KioskDefaults): void {
  if (lang === null) host.removeAttribute('lang');
  else host.setAttribute('lang', lang);
  host.language = language;
  usual(host);
  host.muted = false;
  host.cameraOn = false;
  host.screenOn = false;
  if (fontSize === '') host.style.removeProperty('--viva-font-size');
  else host.style.setProperty('--viva-font-size', fontSize);
}

/** Ours begin with the project's name, or are named by an attribute. */
function forget(storage: Storage | null, { consentKey, resumeKey }: Launcher): void {
  if (storage === null) return;
  const names = Array.from({ length: storage.length }, (_each, index) => storage.key(index) ?? '');
  for (const name of names) {
    const ours = name.startsWith('viva-') || name === consentKey || name === resumeKey;
    if (ours && !name.startsWith(OF_THE_DEVICE)) storage.removeItem(name);
  }
}

function storage(name: 'sessionStorage' | 'localStorage'): Storage | null {
  try {
    return window[name];
  } catch {
    // A browser that keeps nothing for this page has nothing to forget.
    return null;
  }
}
