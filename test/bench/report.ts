/** The table that `npm run bench` prints. */

export interface Row {
  /** As in the list of targets: T1, T2 … */
  readonly target: string;
  readonly what: string;
  readonly ours: string;
  /** The rivals' figures of the same run. */
  readonly rivals: string;
  /** Null = not measured; `ours` says why. */
  readonly kept: boolean | null;
  readonly promise: string;
}

export const notMeasured = (target: string, what: string, promise: string, why: string): Row => ({
  target,
  what,
  ours: `not measured: ${why}`,
  rivals: '',
  kept: null,
  promise,
});

export function print(rows: readonly Row[]): void {
  for (const { target, what, ours, rivals, kept, promise } of rows) {
    const mark = kept === null ? ' –' : kept ? 'ok' : '!!';
    console.log(`${mark} ${target.padEnd(4)}${what}`);
    console.log(`        ours     ${ours}`);
    if (rivals !== '') console.log(`        rivals   ${rivals}`);
    console.log(`        promise  ${promise}`);
  }
}

export const round = (value: number, digits = 1): string => value.toFixed(digits);

export const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * q)] ?? NaN;
