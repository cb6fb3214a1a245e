import type { TranscriptFormat } from '../chat/acts.ts';
import type { Launcher } from './launcher.ts';

/** What a tag can do beyond a conversation; each is fetched when one of its attributes is set, and none of it is part of a plain voice. */

/** One of them, at work on a tag until that leaves the page. */
export interface Extra {
  /** Rendered into slots of the panel: `menu`, `gate`, `notice`. */
  panel?(): unknown;
  /** Buttons in the menu of the conversation. */
  menu?(): unknown;
  /** Resolves when something may begin; rejects with an `AbortError` when the visitor does not want it. */
  admit?(): Promise<void>;
  /** Makes everything as it was at first in a way of its own, in the place of the usual one; null = in none. */
  reset?(): Promise<void> | null;
  /** Rendered over everything of the tag. */
  over?(): unknown;
  /** Rendered beside the launcher, while no conversation runs. */
  dock?(): unknown;
  /** The conversation is shut off behind what this shows in the slot `gate`. */
  readonly gated?: boolean;
}

interface Feature {
  readonly wanted: (host: Launcher) => boolean;
  readonly fetch: () => Promise<{ readonly attach: (host: Launcher) => Extra }>;
}

const features: readonly Feature[] = [
  { wanted: ({ pageActions }) => pageActions !== null, fetch: () => import('../page-actions/attach.ts') },
  { wanted: ({ avatar }) => avatar !== null, fetch: () => import('../avatar/attach.ts') },
  { wanted: ({ resizable }) => resizable, fetch: () => import('../resizing/attach.ts') },
  { wanted: ({ variant }) => variant === 'kiosk', fetch: () => import('../kiosk/attach.ts') },
  { wanted: ({ duplex }) => duplex === 'half', fetch: () => import('../kiosk/half-duplex.ts') },
  { wanted: ({ keyboard }) => keyboard, fetch: () => import('../keyboard/attach.ts') },
  { wanted: ({ consent }) => consent !== null && consent !== 'none', fetch: () => import('../consent/attach.ts') },
  { wanted: ({ resume, variant }) => resume !== null && variant !== 'kiosk', fetch: () => import('../chat/attach.ts') },
  {
    // An interpreter has figures of its own, and costs no tokens.
    wanted: ({ metrics, prices, spendingLimit, interprets }) =>
      !interprets && (metrics || prices !== null || spendingLimit !== null),
    fetch: () => import('../metrics/attach.ts'),
  },
  { wanted: ({ tools }) => tools !== null, fetch: () => import('../tool/attach.ts') },
  { wanted: ({ levels }) => levels === true, fetch: () => import('../level/attach.ts') },
  { wanted: ({ dismissible, dismissed }) => dismissed || dismissible !== null, fetch: () => import('../dismissing/attach.ts') },
  { wanted: ({ feedback }) => feedback === 'conversation' || feedback === 'both', fetch: () => import('../feedback/attach.ts') },
];

/** Those that a tag has; what is set later is fetched later. */
export class Extras {
  readonly #host: Launcher;
  readonly #here = new Map<Feature, Extra | null>();
  #fetched: Promise<unknown> = Promise.resolve();

  constructor(host: Launcher) {
    this.#host = host;
    host.addController({
      hostUpdate: () => {
        this.look();
      },
    });
    // Of what is wrong before anybody opens the panel nobody else tells.
    host.addEventListener('viva-error', (event) => {
      import('./mistakes.ts').then(({ warn }) => warn(host, event)).catch(reportError);
    });
    this.look();
  }

  /** Fetches what is wanted and not here yet. */
  look(): void {
    const fresh = features.filter((feature) => !this.#here.has(feature) && feature.wanted(this.#host));
    if (fresh.length === 0) return;
    this.#fetched = Promise.all([this.#fetched, ...fresh.map((feature) => this.#fetch(feature))]);
    // Whoever begins a conversation waits for `ready` and is told; nobody else has to.
    this.#fetched.catch(reportError);
  }

  /**
   * Every feature that was asked for so far is at work, and lets through what `begins`. Rejects when one could not be fetched, and with an
   * `AbortError` when the visitor does not want it to begin.
   */
  async ready(begins = false): Promise<void> {
    this.look();
    await this.#fetched;
    if (begins) for (const extra of this.#all) await extra.admit?.();
  }

  async download(format?: TranscriptFormat): Promise<void> {
    (await import('../chat/acts.ts')).download(this.#host, format);
  }

  async forget(what?: 'conversation'): Promise<void> {
    await (await import('../chat/acts.ts')).forget(this.#host, what);
  }

  async reset(): Promise<void> {
    await this.#fetched;
    for (const extra of this.#all) {
      const done = extra.reset?.() ?? null;
      if (done !== null) return done;
    }
    await (await import('../chat/acts.ts')).reset(this.#host);
  }

  get gated(): boolean {
    return this.#all.some(({ gated }) => gated === true);
  }

  panel(): readonly unknown[] {
    return this.#all.map((extra) => extra.panel?.());
  }

  menu(): readonly unknown[] {
    return this.#all.map((extra) => extra.menu?.());
  }

  dock(): readonly unknown[] {
    return this.#all.map((extra) => extra.dock?.());
  }

  over(): readonly unknown[] {
    return this.#all.map((extra) => extra.over?.());
  }

  get #all(): readonly Extra[] {
    return [...this.#here.values()].filter((extra) => extra !== null);
  }

  async #fetch(feature: Feature): Promise<void> {
    this.#here.set(feature, null);
    try {
      this.#here.set(feature, (await feature.fetch()).attach(this.#host));
      this.#host.requestUpdate();
    } catch (cause) {
      this.#here.delete(feature);
      throw cause;
    }
  }
}
