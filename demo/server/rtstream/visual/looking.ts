import { EngineBusyError, type Seeing, type Sighting } from '../../engines/engine.ts';
import type { Frame } from '../../media/media-stream.ts';
import { guessActivity } from './activity.ts';
import { windowOf } from './app-name.ts';
import { counted, joined, type SceneChange, type SceneFacts } from './facts.ts';
import { difference, fingerprint, type Fingerprint } from './fingerprint.ts';
import type { TierPlan } from './tiers.ts';

/** Looks at the frames of one window after the other; what did not change is not looked at again. */

export interface Looked {
  readonly facts: SceneFacts;
  /** Frames that an engine looked at for this window; the rest were as before, or not chosen at this tier. */
  readonly looked: number;
  /** Those, and those whose reading still held. For engines that are asked in words. */
  readonly shown: readonly Frame[];
}

/** A busy engine is asked again after so long, ms. */
const BUSY_PAUSES_MS = [250, 500, 1000, 2000];

export class Looking {
  readonly #see: Seeing;
  readonly #plan: TierPlan;
  #before: Fingerprint | null = null;
  #read: { readonly print: Fingerprint; readonly sighting: Sighting } | null = null;

  constructor(see: Seeing, plan: TierPlan) {
    this.#see = see;
    this.#plan = plan;
  }

  /** Rejects with what the engine rejects with, or the signal's reason. */
  async window(frames: readonly Frame[], signal: AbortSignal): Promise<Looked | null> {
    const prints = await Promise.all(frames.map(({ jpeg }) => fingerprint(jpeg)));
    const change = this.#changeOver(frames, prints);
    const chosen = this.#choose(frames, prints);
    const looks: Sighting[] = [];
    let looked = 0;
    // Who answers in words is shown all of them at once; each look would be one more call.
    for (const { frame, print } of this.#see.ask === undefined ? chosen : chosen.slice(-1)) {
      if (this.#read !== null && !difference(this.#read.print, print).changed) looks.push(this.#read.sighting);
      else {
        const sighting = await this.#look(frame.jpeg, signal);
        this.#read = { print, sighting };
        looks.push(sighting);
        looked++;
      }
    }
    const seen = joined([...new Set(looks)]);
    if (seen === null) return null;
    return { facts: this.#facts(seen, change), looked, shown: chosen.map(({ frame }) => frame) };
  }

  /** The last frame; deeper tiers look at each that is not as the chosen one before it. */
  #choose(frames: readonly Frame[], prints: readonly Fingerprint[]): { readonly frame: Frame; readonly print: Fingerprint }[] {
    const all = frames.flatMap((frame, index) => {
      const print = prints[index];
      return print === undefined ? [] : [{ frame, print }];
    });
    if (this.#plan.frames === 'key') return all.slice(-1);
    const chosen = all.slice(0, 1);
    for (const one of all.slice(1)) {
      const last = chosen.at(-1);
      if (last === undefined || difference(last.print, one.print).changed) chosen.push(one);
    }
    return chosen;
  }

  #changeOver(frames: readonly Frame[], prints: readonly Fingerprint[]): SceneChange {
    const cutsAtMs: number[] = [];
    const shares: number[] = [];
    for (const [index, print] of prints.entries()) {
      const before = this.#before;
      this.#before = print;
      if (before === null) continue;
      const { share, changed, cut } = difference(before, print);
      shares.push(changed ? share : 0);
      if (cut) cutsAtMs.push(frames[index]?.atMs ?? 0);
    }
    const changedFrames = shares.filter((share) => share > 0).length;
    return { cutsAtMs, changedFrames, motion: shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length) };
  }

  #facts(seen: Sighting, change: SceneChange): SceneFacts {
    const { tier } = this.#plan;
    const { colours, brightness } = seen;
    if (tier === 'mini')
      return {
        tier,
        text: null,
        people: null,
        objects: null,
        colours,
        brightness,
        elements: null,
        title: null,
        app: null,
        change,
        activity: null,
      };
    const elements = seen.elements ?? null;
    const { title, app } = windowOf(seen.text, elements);
    const known = { text: seen.text, title, people: seen.people, change };
    const activity = tier === 'ultra' ? guessActivity(known) : null;
    return { tier, ...known, objects: counted(seen.objects), colours, brightness, elements, app, activity };
  }

  async #look(jpeg: Uint8Array, signal: AbortSignal): Promise<Sighting> {
    for (const pauseMs of BUSY_PAUSES_MS) {
      try {
        return await this.#see.look(jpeg, { signal, depth: this.#plan.tier, background: true });
      } catch (error) {
        if (!(error instanceof EngineBusyError)) throw error;
        await pause(pauseMs, signal);
      }
    }
    return this.#see.look(jpeg, { signal, depth: this.#plan.tier, background: true });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const given = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error('given up'));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', given);
      resolve();
    }, ms);
    signal.addEventListener('abort', given, { once: true });
  });
}
