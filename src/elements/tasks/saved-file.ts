/** Hands a text to the reader as a file. */

/** The URL lives this long, for a browser that asks where to save first. */
const URL_LIVES_MS = 60_000;
const LONGEST_NAME = 80;

/** What no file system minds. Pure. */
export function fileName(title: string, ending: string): string {
  const name = title
    .replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .slice(0, LONGEST_NAME)
    .trim();
  return `${name === '' ? 'task' : name}.${ending}`;
}

export function saveFile(name: string, content: string, type: string): void {
  const href = URL.createObjectURL(new Blob([content], { type }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), URL_LIVES_MS);
}
