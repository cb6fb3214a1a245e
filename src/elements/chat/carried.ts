import type { ReactiveController } from 'lit';
import type { Assistant } from '../../session/assistant.ts';
import type { Entry, SessionState } from '../../session/state.ts';
import type { ChatWishes } from '../conversation.ts';
import { SessionValue } from '../session-value.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { asContext } from './kept.ts';
import { suggestionsOf } from './suggested.ts';
import { together } from './written.ts';

/** So many lines of before stay, as many as a conversation has. */
const MOST_EARLIER = 500;

const carried = new WeakMap<Launcher, Carried>();

/** What goes on from one start of a tag's assistant to the next: each begins without a word, so what was said before is told to it. */
export class Carried implements ReactiveController {
  earlier: readonly Entry[] = [];
  /** Id of the last line of a former visit. */
  #resumedTo: string | null = null;
  /** Told by what keeps the conversation. */
  kept = false;
  forgotten: ReadonlySet<string> = new Set();
  /** Called when things are deleted: the conversation, or `all` that is kept. */
  readonly forgetting = new Set<(all: boolean) => void>();
  readonly #host: Launcher;
  readonly #state: SessionValue<SessionState>;
  #followed: Assistant | null;
  #suggestions: { readonly from: unknown; readonly list: readonly string[] } = { from: null, list: [] };

  /** The one of a tag. */
  static of(host: Launcher): Carried {
    const known = carried.get(host) ?? new Carried(host);
    carried.set(host, known);
    return known;
  }

  private constructor(host: Launcher) {
    this.#host = host;
    this.#followed = host.assistant;
    this.#state = new SessionValue(
      host,
      (state) => state,
      (now, before) => this.#step(now, before),
    );
    host.addController(this);
  }

  /** All that was said and is not deleted, oldest first. */
  get entries(): readonly Entry[] {
    return together(this.earlier, this.#state.value.transcript, this.forgotten);
  }

  /** What the elements inside get to know. */
  get wishes(): ChatWishes {
    const { earlier, kept, forgotten } = this;
    const { suggestions, linkHosts, imageHosts, feedback } = this.#host;
    if (this.#suggestions.from !== suggestions)
      this.#suggestions = { from: suggestions, list: suggestionsOf(this.#host, suggestions) };
    const rated = feedback === 'answers' || feedback === 'both';
    const resumedTo = this.#resumedTo;
    return { earlier, resumedTo, kept, forgotten, suggestions: this.#suggestions.list, linkHosts, imageHosts, rated };
  }

  /** What was said on a former visit. */
  resume(entries: readonly Entry[]): void {
    this.earlier = entries;
    this.#resumedTo = entries.at(-1)?.id ?? null;
    this.#host.requestUpdate();
  }

  /** Nothing of what was said is shown, told or kept any more. */
  forget(all: boolean): void {
    this.forgotten = new Set(this.#state.value.transcript.map(({ id }) => id));
    this.resume([]);
    this.forgetting.forEach((told) => told(all));
  }

  hostDisconnected(): void {
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.resume([]);
    });
  }

  #step(now: SessionState, before: SessionState): void {
    const { assistant } = this.#host;
    // Attributes that changed make another assistant, which has heard nothing yet.
    const replaced = assistant !== this.#followed;
    const told = replaced ? before.transcript : now.transcript;
    this.#followed = assistant;
    // Who takes the assistant away wants nothing left of it.
    if (assistant === null) {
      this.resume([]);
      return;
    }
    const begins = now.phase === 'connecting' && (replaced || before.phase !== 'connecting');
    // A visitor of a kiosk leaves nothing to the next one: an assistant that the page gave still has it all.
    const carries = this.#host.variant !== 'kiosk' || !this.#host.given;
    if ((begins || replaced) && carries) this.earlier = together(this.earlier, told, this.forgotten).slice(-MOST_EARLIER);
    if (begins || now.reconnects > before.reconnects) this.#tell(assistant);
  }

  /** Not at once: who tells its state is about to take wishes. */
  #tell(assistant: Assistant): void {
    const context = asContext(this.earlier);
    if (context !== null) queueMicrotask(() => assistant.addContext(context));
  }
}
