import type { ErrorCode } from '../../shared/errors.ts';
import type { VivaErrorEvent } from '../events.ts';
import type { Launcher } from './launcher.ts';

/** What only the author of a page, or the operator of its server, can mend stands on the console too: they look there first. */

const theirs: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'bad-option',
  'dialect-refused',
  'insecure-page',
  'microphone-blocked',
  'model-unknown',
  'origin-refused',
  'unsupported',
  'worklet-failed',
]);

/** A page that makes the next mistake every second is not told for ever. */
const MOST = 50;

const told = new WeakMap<Launcher, Set<string>>();

/** Each once for each tag. The message tells of options and of the server, never of what was said. */
export function warn(host: Launcher, { code, message }: Pick<VivaErrorEvent, 'code' | 'message'>): void {
  const before = told.get(host) ?? new Set();
  told.set(host, before);
  const line = `<viva-voce> ${code}: ${message}`;
  if (!theirs.has(code) || before.has(line) || before.size === MOST) return;
  before.add(line);
  // eslint-disable-next-line no-console -- nobody listens to events in the first five minutes
  console.warn(line);
}
