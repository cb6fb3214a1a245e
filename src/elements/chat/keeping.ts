import type { ReactiveController } from 'lit';
import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';
import { SessionValue } from '../session-value.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { Carried } from './carried.ts';
import { fromKept, toKept } from './kept.ts';
import { CONVERSATION_KEY, read, remove, write, type Keep } from './storage.ts';

/** Words come several times a second; storage is written so much later, ms. */
const CALM_MS = 500;

/** A conversation that goes on after the page was loaded anew: kept under a name, in this tab or in this browser. */
export class Keeping implements Extra, ReactiveController {
  readonly gated = false;
  readonly #host: Launcher;
  readonly #carried: Carried;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What storage holds, as far as is known. */
  #written = '[]';
  #resumed = false;
  /** A value that cannot be meant, as it was told. */
  #told: string | null = null;

  constructor(host: Launcher) {
    this.#host = host;
    this.#carried = Carried.of(host);
    new SessionValue(
      host,
      (state) => state.transcript,
      () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#write, CALM_MS);
      },
    );
    host.addController(this);
    if (host.isConnected) this.hostConnected();
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#write);
    addEventListener('storage', this.#elsewhere);
    this.#resume();
  }

  hostDisconnected(): void {
    this.#write();
    this.#resumed = false;
    removeEventListener('pagehide', this.#write);
    removeEventListener('storage', this.#elsewhere);
  }

  get #keep(): Keep | null {
    const { resume } = this.#host;
    return resume === 'session' || resume === 'local' ? resume : null;
  }

  get #key(): string {
    return this.#host.resumeKey ?? CONVERSATION_KEY;
  }

  #resume(): void {
    const keep = this.#keep;
    this.#carried.kept = keep !== null;
    if (keep === null) {
      if (this.#told === this.#host.resume) return;
      this.#told = this.#host.resume;
      const error = new AssistantError('bad-option', `resume: “${this.#host.resume ?? ''}” is none of session, local`, {
        field: 'resume',
      });
      this.#host.dispatchEvent(new VivaErrorEvent(error.toFacts()));
      return;
    }
    if (this.#resumed) return;
    this.#resumed = true;
    const kept = read(keep, this.#key);
    const entries = fromKept(kept);
    this.#written = kept ?? '[]';
    if (entries.length === 0) return;
    this.#carried.resume(entries);
    // What shows them is fetched with the first words otherwise.
    import('../words/define.ts').catch(reportError);
  }

  readonly #write = (): void => {
    clearTimeout(this.#timer);
    const keep = this.#keep;
    if (keep === null || !this.#resumed) return;
    const text = toKept(this.#carried.entries);
    if (text === this.#written) return;
    this.#written = text;
    if (text === '[]') remove(this.#key);
    else write(keep, this.#key, text);
  };

  /** Deleted in another tab: deleted in this one. */
  readonly #elsewhere = ({ key, newValue }: StorageEvent): void => {
    if (this.#keep === 'local' && newValue === null && (key === null || key === this.#key)) this.#carried.forget(false);
  };
}
