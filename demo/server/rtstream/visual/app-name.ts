import type { ScreenElement, Sighting } from '../../engines/engine.ts';

/** The application in front by its window's title: only where it is written. */

/** As their windows write them. */
const APPS = (
  'Slack|Microsoft Teams|Teams|Discord|Zoom|Google Meet|Skype|WhatsApp|Telegram|Signal|Messenger|Messages|Gmail|Outlook|Thunderbird|Mail|Google Chrome|Chrome|' +
  'Mozilla Firefox|Firefox|Microsoft Edge|Edge|Safari|Opera|Brave|Visual Studio Code|Visual Studio|IntelliJ IDEA|PyCharm|WebStorm|Android Studio|Xcode|Sublime Text|Vim|Emacs|' +
  'Terminal|iTerm2|PowerShell|Command Prompt|Microsoft Excel|Excel|Microsoft Word|Word|Microsoft PowerPoint|PowerPoint|OneNote|Google Docs|Google Sheets|Google Slides|' +
  'Google Drive|Google Calendar|Google Maps|LibreOffice Calc|LibreOffice Writer|LibreOffice Impress|Adobe Acrobat Reader|Adobe Acrobat|Adobe Photoshop|Photoshop|Illustrator|' +
  'Adobe Premiere Pro|Figma|Sketch|Blender|GIMP|Inkscape|Notion|Obsidian|Evernote|Trello|Jira|Asana|GitHub Desktop|GitHub|GitLab|Postman|Docker Desktop|Spotify|Apple Music|' +
  'iTunes|VLC media player|VLC|YouTube|Netflix|Twitch|Steam|OBS Studio|Calculator|Calendar|Settings|System Settings|Files|File Explorer|Finder|Photos|Notes|Maps|Music|Clock|Weather|Task Manager|Activity Monitor|Paint|Notepad|Salesforce|Tableau|Power BI'
).split('|');
const KNOWN = new Map(APPS.map((name) => [name.toLowerCase(), name]));

const SEPARATOR = /\s+[-–—|·•:]\s+/;
/** Shares of the picture's height. */
const TITLE_BOTTOM = 0.065;
const BRAND_BOTTOM = 0.16;
const MOST_WORDS = 4;

export interface Window {
  readonly title: string | null;
  readonly app: string | null;
}

export function windowOf(text: Sighting['text'], elements: readonly ScreenElement[] | null): Window {
  const bars = (elements ?? []).filter(({ kind, label }) => kind === 'title bar' && label !== '').map(({ label }) => label);
  const top = text.filter(({ area }) => area !== undefined && area.bottom <= TITLE_BOTTOM);
  const centred = top.filter(({ area }) => area !== undefined && Math.abs((area.left + area.right) / 2 - 0.5) < 0.12);
  const titles = [
    ...bars,
    ...top.filter(({ line }) => SEPARATOR.test(line)).map(({ line }) => line),
    ...centred.map(({ line }) => line),
  ].map(clean);
  if (titles.length === 0) titles.push(...titleBelow(text));
  for (const title of titles) {
    const known = knownApp(title);
    if (known !== null) return { title, app: known };
  }
  const [title = null] = titles;
  if (title !== null) {
    const last = title.split(SEPARATOR).at(-1) ?? '';
    // "Chapter 3 - page 12" is a title, and no application is named in it.
    const isName = SEPARATOR.test(title) && last.split(/\s+/).length <= MOST_WORDS && /^\p{Lu}/u.test(last) && !/\d/.test(last);
    return { title, app: isName ? last : null };
  }
  const brand = text.find(
    ({ line, area }) =>
      area !== undefined && area.bottom <= BRAND_BOTTOM && KNOWN.has(line.toLowerCase()) && !AMBIGUOUS.test(line),
  );
  return { title: null, app: brand === undefined ? null : (KNOWN.get(brand.line.toLowerCase()) ?? null) };
}

/** Of a window below something else, the camera's clock or a desktop's bar: what is written first of all, and ends with a program's name. */
function titleBelow(text: Sighting['text']): readonly string[] {
  const placed = text.flatMap(({ line, area }) => (area === undefined ? [] : [{ title: clean(line), area }]));
  const [first] = placed.toSorted((one, other) => one.area.top - other.area.top);
  if (first === undefined || first.area.bottom > BRAND_BOTTOM || !SEPARATOR.test(first.title)) return [];
  const last = first.title.split(SEPARATOR).at(-1) ?? '';
  return KNOWN.has(last.toLowerCase()) && !AMBIGUOUS.test(last) ? [first.title] : [];
}

/** Headings of pages as often as names of programs. */
const AMBIGUOUS =
  /^(?:mail|messages|files|photos|notes|maps|music|clock|weather|calendar|settings|word|edge|paint|teams|signal|calculator|finder|sketch|brave|opera|safari|steam|vim|files|terminal|paint|numbers|chrome extension)$/i;

/** One of the names that mean an application and nothing else, wherever they stand. */
export const KNOWN_APP = new RegExp(
  `(?<!\\w)(?:${APPS.filter((name) => !AMBIGUOUS.test(name))
    .sort((a, b) => b.length - a.length)
    .join('|')})(?!\\w)`,
  'i',
);

/** The name in a window's title that is an application's, the last one first: titles end with it. Null: none that is known. */
function knownApp(title: string): string | null {
  const parts = title.split(SEPARATOR).reverse();
  for (const part of parts) {
    const name = KNOWN.get(part.trim().toLowerCase());
    if (name !== undefined) return name;
  }
  for (const part of parts) {
    const words = part.trim().toLowerCase();
    // "Zoom Meeting", "Slack (3 new items)"
    const begun = APPS.filter((name) => words.startsWith(`${name.toLowerCase()} `) && !AMBIGUOUS.test(name));
    if (begun.length > 0 && words.split(/\s+/).length <= MOST_WORDS) return begun.reduce((a, b) => (b.length > a.length ? b : a));
  }
  return null;
}

/** What the window's buttons are read as. */
function clean(title: string): string {
  return title
    .replace(/^[^\p{L}\p{N}#(]+|[^\p{L}\p{N})!?.]+$/gu, '')
    .replace(/^(?:e+0+|eo+|o{2,}|e\s)\s*/u, '')
    .trim();
}
