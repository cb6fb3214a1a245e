/** Which files may go along as pictures, decided before any of them is opened. Pure. */

/** Pictures that go along with one message. */
export const MOST_PICTURES = 4;
/** Of a file as it was chosen; what is sent is much smaller. */
export const LARGEST_MB = 20;

export interface Refusal {
  readonly key: 'attachBad' | 'attachBig' | 'attachMany';
  /** What is filled in: megabytes, or pictures. */
  readonly value: number;
}

export interface Accepted<F> {
  readonly files: readonly F[];
  /** Why some were left out; the first reason. */
  readonly refusal: Refusal | null;
}

/** `taken`: pictures that are there already. */
export function accepted<F extends { readonly type: string; readonly size: number }>(
  files: readonly F[],
  taken: number,
): Accepted<F> {
  const pictures = files.filter(({ type }) => type.startsWith('image/'));
  const small = pictures.filter(({ size }) => size <= LARGEST_MB * 1_000_000);
  const fitting = small.slice(0, Math.max(0, MOST_PICTURES - taken));
  const refusals: readonly (Refusal | null)[] = [
    pictures.length < files.length ? { key: 'attachBad', value: 0 } : null,
    small.length < pictures.length ? { key: 'attachBig', value: LARGEST_MB } : null,
    fitting.length < small.length ? { key: 'attachMany', value: MOST_PICTURES } : null,
  ];
  return { files: fitting, refusal: refusals.find((each) => each !== null) ?? null };
}
