import { Observable, Subscription } from 'rxjs';
import { runFfmpeg } from '../ffmpeg/child.ts';
import type { FfmpegEvent } from '../ffmpeg/child.ts';
import { Fmp4Error } from '../fmp4/fmp4-error.ts';
import type { Fragment } from '../fmp4/fragment.ts';
import type { InitSegment } from '../fmp4/init-segment.ts';
import { Fmp4Splitter } from '../fmp4/splitter.ts';
import type { Track } from '../media-stream.ts';
import { ByteFeed } from './byte-feed.ts';
import { InputReader } from './input-tracks.ts';
import type { InputFacts } from './input-tracks.ts';
import { copyEverything, outputArguments, planFor, samePlan } from './plan.ts';
import type { Plan } from './plan.ts';
import type { OpenedSource } from './source.ts';
import type { TranscodeSlots } from './transcode-slots.ts';

/** One connection to a source, from the first try to its end: tracks are found out, dead and runaway ones are ended. */

export type AttemptEvent =
  /** `continues`: the picture has changed its size in the middle of a connection. */
  | { readonly type: 'init'; readonly init: InitSegment; readonly continues: boolean; readonly transcoded: boolean }
  | { readonly type: 'fragment'; readonly fragment: Fragment }
  /**
   * The last one. `finished`: it came to its own end; else `why` says what went wrong. `silent`: two tracks were announced and nothing came,
   * as when one of them is never sent.
   */
  | { readonly type: 'ended'; readonly finished: boolean; readonly silent: boolean; readonly why: string };

export interface AttemptOptions {
  readonly program: string;
  readonly source: OpenedSource;
  readonly wanted: readonly Track[];
  readonly slots: TranscodeSlots;
  /** When aborted, what is still on its way is taken in, and it ends. */
  readonly finish: AbortSignal;
}

const CHECK_MS = 250;

/** Cold: subscribing connects. Completes after `ended`, never errors. */
export function attempt({ program, source, wanted, slots, finish }: AttemptOptions): Observable<AttemptEvent> {
  return new Observable((subscriber) => {
    const feed = source.bytes === null ? null : new ByteFeed(source.bytes);
    let run = new Subscription();
    let giveBack: (() => void) | null = null;
    let facts: InputFacts | null = null;
    const began = performance.now();
    let last: number | null = null;
    let first: { readonly atMs: number; readonly startS: number } | null = null;

    const end = (finished: boolean, why: string): void => {
      if (subscriber.closed) return;
      const silent = last === null && new Set(facts?.tracks.map(({ kind }) => kind)).size === 2;
      subscriber.next({ type: 'ended', finished, silent, why });
      subscriber.complete();
    };

    /** What ffmpeg writes is held back until it is known that it does what it should. */
    const start = (plan: Plan, settled: boolean): void => {
      run.unsubscribe();
      const reader = new InputReader();
      const splitter = new Fmp4Splitter();
      const early: Buffer[] = [];
      let sure = settled;
      const take = (bytes: Buffer): void => {
        for (const event of splitter.push(bytes)) {
          if (event.type === 'init') subscriber.next({ ...event, transcoded: plan.video === 'encode' });
          else fragment(event.fragment);
        }
      };
      const decide = (): void => {
        facts ??= reader.facts;
        if (sure || facts === null) return;
        const right = planFor(facts, wanted);
        if (right === null) {
          end(false, `there is no ${wanted.join(' and no ')} in it`);
          return;
        }
        const encodes = right.video === 'encode';
        if (encodes && giveBack === null && (giveBack = slots.take()) === null) {
          end(false, 'its picture must be encoded anew, and as many as may be are encoded already');
          return;
        }
        if (!samePlan(withoutAbsent(plan, right), right)) {
          start(right, true);
          return;
        }
        sure = true;
        feed?.settle();
        for (const bytes of early.splice(0)) take(bytes);
      };
      const on = (event: FfmpegEvent): void => {
        if (event.type === 'said') {
          reader.line(event.line);
          decide();
        } else if (event.type === 'output') {
          if (sure) take(event.bytes);
          else early.push(event.bytes);
        } else {
          reader.end();
          decide();
          if (run !== mine || subscriber.closed) return;
          const finished = event.code === 0 && last !== null && hasEnd(source, facts);
          end(finished || finish.aborted, event.code === 0 || event.lastWords === '' ? 'it ended' : event.lastWords);
        }
      };
      const mine = new Subscription();
      run = mine;
      const args = ['-hide_banner', '-nostats', '-loglevel', 'info', ...(feed === null ? ['-nostdin'] : [])];
      const { env, secrets } = source;
      mine.add(
        runFfmpeg({
          ...{ program, env, secrets, finish, args: [...args, ...source.input, ...outputArguments(plan)] },
          ...(feed === null ? {} : { feed: (stdin) => feed.feed(stdin) }),
        }).subscribe((event) => {
          try {
            if (!mine.closed) on(event);
          } catch (error) {
            if (!(error instanceof Fmp4Error)) throw error;
            end(false, `ffmpeg’s output cannot be read: ${error.message}`);
          }
        }),
      );
      if (settled) feed?.settle();
    };

    const fragment = (found: Fragment): void => {
      last = performance.now();
      first ??= { atMs: last, startS: found.startS };
      subscriber.next({ type: 'fragment', fragment: found });
      const aheadS = found.startS + found.durationS - first.startS - (last - first.atMs) / 1000;
      if (aheadS > source.aheadS) end(false, `it runs faster than time (${aheadS.toFixed(0)} s ahead)`);
    };

    const watch = setInterval(() => {
      const now = performance.now();
      if (last !== null) {
        if (source.stallMs !== null && now - last > source.stallMs) end(false, `nothing came for ${seconds(source.stallMs)} s`);
      } else if (source.connectMs !== null && now - began > source.connectMs) {
        end(false, `nothing came within ${seconds(source.connectMs)} s`);
      }
    }, CHECK_MS);

    start(copyEverything(wanted), false);
    return () => {
      clearInterval(watch);
      run.unsubscribe();
      feed?.close();
      giveBack?.();
    };
  });
}

const seconds = (ms: number): string => (ms / 1000).toFixed(0);

const hasEnd = ({ ends }: OpenedSource, facts: InputFacts | null): boolean =>
  ends === 'at-its-end' || (ends === 'by-duration' && facts?.durationS !== null && facts !== null);

/** A track that is not there is left out by itself. */
const withoutAbsent = (plan: Plan, right: Plan): Plan => ({
  ...plan,
  video: right.video === 'none' ? 'none' : plan.video,
  audio: right.audio === 'none' ? 'none' : plan.audio,
});
