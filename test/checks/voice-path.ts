import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { closure, type Fetched, waterfall } from './closure.ts';

/** What of the embed build a browser fetches before a click, from the click to the first frame of speech, and until an answer was cut. */

const folder = 'dist/embed';

/** What is asked for on the way to the first frame on the Worker path; the e2e of the voice path sees that nothing else is. */
const FIRST_FRAME = /^(parts|voice\.worker|capture\.worklet)\b/;
/** … and what comes while the person speaks, so that an answer can sound and be cut. */
const ANSWER = /^(parts|voice\.worker|capture\.worklet|playback|voice-activity)\b/;

/** What the first press asks for, so that the panel can be seen. */
const PANEL = /^(parts|panel)\b/;

/** What fetches elements that stand alone; then each desk with what connects it. */
const ALONE = /^alone-/;
export const DESKS = { streams: /^(streams|streaming)-/, tasks: /^(tasks|task-edges)-/ };

/** Bytes of gzipped script the project promises. The voice path holds the launcher and the worklets too. */
export const LIMITS = {
  launcher: 12_000,
  voice: 45_000,
  answer: 50_500,
  bundledTag: 14_000,
  bundledPlayer: 60_000,
  bundledRtvt: 18_000,
  migrate: 2_000,
};

export const migrate = (): readonly Fetched[] => closure(folder, 'migrate.js');
export const launcher = (): readonly Fetched[] => closure(folder, 'viva-voce.js');
export const voicePath = (): readonly Fetched[] => closure(folder, 'viva-voce.js', (name) => FIRST_FRAME.test(name));
export const answerPath = (): readonly Fetched[] => closure(folder, 'viva-voce.js', (name) => ANSWER.test(name));

/** What a page with a desk fetches until that can be used; its picture comes later. */
export function desk(own: RegExp): { readonly requests: number; readonly roundTrips: number } {
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  const named = (pattern: RegExp): readonly string[] => scripts.filter((path) => pattern.test(basename(path)));
  const [there, first, second] = [launcher(), named(ALONE), named(own)];
  const before = [...there, ...first.flatMap((path) => closure(folder, path))];
  const fetched = new Set([...first, ...second].flatMap((path) => closure(folder, path).map(({ path: each }) => each)));
  return {
    requests: [...fetched].filter((path) => there.every((each) => each.path !== path)).length,
    roundTrips: waterfall(folder, first, there) + waterfall(folder, second, before),
  };
}

/** What a press fetches until the panel is there. */
export function panel(): { readonly requests: number; readonly roundTrips: number } {
  const there = launcher();
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (path) => PANEL.test(basename(path)) && path.endsWith('.js'),
  );
  return {
    requests: closure(folder, 'viva-voce.js', (name) => PANEL.test(name)).length - there.length,
    roundTrips: waterfall(folder, entries, there),
  };
}

/** Requests and round trips, one after the other, from a press to the panel. */
export const PANEL_LIMITS = { requests: 8, roundTrips: 2 };

/** … and from the tag's script to a desk. */
export const DESK_LIMITS = { requests: 10, roundTrips: 3 };
