/** When a waiting screen dims: hours of the clock on the wall, given as `22:00-06:00`. */

/** Minutes after midnight, local time; `until` may lie before `from`. */
export interface Night {
  readonly from: number;
  readonly until: number;
}

const USUAL: Night = { from: 22 * 60, until: 6 * 60 };

/** What a style sheet says: nothing = the usual night, `none` = never (null); undefined = it cannot be meant. */
export function readNight(text: string): Night | null | undefined {
  // Browsers put empty comments between the tokens of what they hand on.
  const wish = text.replaceAll('/**/', '').trim();
  if (wish === '') return USUAL;
  if (wish === 'none') return null;
  const [from, until, ...more] = wish.split(/\s*[-–]\s*/).map(minutesOf);
  return from == null || until == null || more.length > 0 ? undefined : { from, until };
}

/** `minutes`: after midnight. */
export const isNight = ({ from, until }: Night, minutes: number): boolean =>
  from <= until ? minutes >= from && minutes < until : minutes >= from || minutes < until;

/** `03:30` → 210; null = no time of day. */
export function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours === undefined || minutes === undefined ? null : Number(hours) * 60 + Number(minutes);
}
