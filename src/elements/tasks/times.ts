/** Moments as people read them, in the viewer's own time zone and language. */

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Day and time of a Unix ms; '' = it is no moment. */
export const momentText = (ms: number): string => (Number.isFinite(ms) ? moment.format(ms) : '');

/** For `<time datetime>`; what is no moment is told as none. */
export const isoText = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : '');
