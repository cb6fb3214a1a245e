/** Times as people read them: a clock's for what is live, elapsed ones for what is recorded. */

/** The last moment that a date can say (ECMA-262 §21.4.1.1), ms; nothing on a timeline lies beyond it. */
const LAST_MS = 8.64e15;

export const isDate = (ms: number): boolean => Math.abs(ms) <= LAST_MS;

/** `1:02:03`, `2:03`; minutes alone keep one digit. */
export function elapsedText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `14:03:07` by the reader's clock and zone; with the day when it is not `todayMs`'s. */
export function clockText(dateMs: number, language: string, todayMs: number, timeZone?: string): string {
  const sameDay = dayOf(dateMs, timeZone) === dayOf(todayMs, timeZone);
  return format(`${language}|${sameDay ? 'time' : 'day'}|${timeZone ?? ''}`, () => ({
    locale: language,
    options: {
      hour: 'numeric',
      minute: '2-digit',
      second: '2-digit',
      ...(sameDay ? {} : { day: 'numeric', month: 'short' }),
      ...(timeZone === undefined ? {} : { timeZone }),
    },
  })).format(dateMs);
}

const dayOf = (dateMs: number, timeZone?: string): string =>
  format(`day|${timeZone ?? ''}`, () => ({
    locale: 'en-CA',
    options: { year: 'numeric', month: '2-digit', day: '2-digit', ...(timeZone === undefined ? {} : { timeZone }) },
  })).format(dateMs);

function format(
  key: string,
  make: () => { readonly locale: string; readonly options: Intl.DateTimeFormatOptions },
): Intl.DateTimeFormat {
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const { locale, options } = make();
  const made = localeFormat(locale, options);
  clocks.set(key, made);
  return made;
}

function localeFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch (cause) {
    // A page's `lang` that is no language: the browser's own.
    if (cause instanceof RangeError) return new Intl.DateTimeFormat(undefined, options);
    throw cause;
  }
}

/** As a slider says it: `2 minutes 3 seconds`, in the words given. */
export function spokenText(
  seconds: number,
  words: { readonly hours: string; readonly minutes: string; readonly seconds: string },
): string {
  const whole = Math.max(0, Math.floor(seconds + 1e-6));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const parts = [
    ...(hours > 0 ? [`${hours} ${words.hours}`] : []),
    ...(hours > 0 || minutes > 0 ? [`${minutes} ${words.minutes}`] : []),
    `${whole % 60} ${words.seconds}`,
  ];
  return parts.join(' ');
}
