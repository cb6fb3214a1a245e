import { directionOf } from '../elements/locale-of.ts';

/** What a kiosk shows while its server cannot be reached: one sentence in its languages, on a page that goes on by itself. */

/** Beside the page that is waited for; the service worker answers for both. */
export const SCRIPT = 'viva-no-network.js';
export const STYLE = 'viva-no-network.css';

const AGAIN_MS = 3_000;
/** Beside the first language; more do not fit on a screen. */
const MOST_OTHERS = 12;

/** Runs in that page. It stands alone: its text is what the page gets. */
function goOn(everyMs: number): void {
  const look = (): void => {
    fetch(location.href, { cache: 'no-store' }).then(
      ({ ok }) => {
        if (ok) location.reload();
      },
      () => {
        // Still nobody there: the next look asks again.
      },
    );
  };
  setInterval(look, everyMs);
  addEventListener('online', look);
  addEventListener('contextmenu', (event) => {
    event.preventDefault();
  });
}

export const script = `(${goOn.toString()})(${AGAIN_MS})`;

export const style = `:root{color-scheme:light dark;--ground:light-dark(#fbfaf6,#141917);--ink:light-dark(#18211e,#edf2ee);--soft:light-dark(#56615c,#a5b1ab)}
html,body{block-size:100%;margin:0;overflow:hidden;touch-action:manipulation;user-select:none;cursor:none}
body{display:grid;place-content:safe center;gap:2vmin;padding:6vmin;box-sizing:border-box;background:var(--ground);color:var(--ink);font:400 clamp(18px,2.6vmin,40px)/1.5 system-ui,sans-serif}
h1{margin:0 0 2vmin;font:400 2.2em/1.15 Georgia,serif;text-wrap:balance}
ul{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20em),1fr));gap:1.5vmin 4vmin;margin:0;padding:0;list-style:none;color:var(--soft)}`;

/** Nothing from anywhere but the page's own address. */
export const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The page. `languages`: BCP 47 tags, the first one large; `words`: the sentence by tag, with `en`. Those that there is no sentence for are
 * left out.
 */
export function noNetworkPage(languages: readonly string[], words: Readonly<Record<string, string>>): string {
  const known = [...new Set(languages.map((tag) => tagIn(words, tag)).filter((tag) => tag !== null))];
  const [first = 'en', ...more] = known;
  const others = more.slice(0, MOST_OTHERS);
  const sentence = (name: 'h1' | 'li', tag: string): string =>
    `<${name} lang="${escaped(tag)}" dir="${directionOf(tag)}">${escaped(words[tag] ?? '')}</${name}>`;
  const list = others.length === 0 ? '' : `<ul>${others.map((tag) => sentence('li', tag)).join('')}</ul>`;
  return `<!doctype html><html lang="${escaped(first)}" dir="${directionOf(first)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(words[first] ?? '')}</title><link rel="stylesheet" href="${STYLE}"><script src="${SCRIPT}" defer></script></head><body role="status">${sentence('h1', first)}${list}</body></html>`;
}

/** The tag itself, else its language. */
function tagIn(words: Readonly<Record<string, string>>, tag: string): string | null {
  const language = tag.split('-')[0] ?? tag;
  return [tag, language].find((each) => Object.hasOwn(words, each)) ?? null;
}
