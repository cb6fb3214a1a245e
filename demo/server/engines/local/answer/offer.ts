/** Offers this answerer makes, and how it finds them again in what the user heard. */

export function offerToRead(title: string): string {
  return `Shall I read what our ${title} page says?`;
}

/** After an answer, when another page may hold it too. */
export function offerAsWell(title: string): string {
  return `I also found something on our ${title} page. Shall I read it?`;
}

/** The title of the page that was offered last, null when none was. A cut-off offer counts when its title was heard. */
export function offeredTitle(heard: string | null): string | null {
  if (heard === null) return null;
  const tail = heard.slice(-200);
  const match = /(?:I also found something on|Shall I read what|The closest I have is on) our (.+?) page\b[^.?]*(?:[.?]|$)/g;
  return [...tail.matchAll(match)].at(-1)?.[1] ?? null;
}
