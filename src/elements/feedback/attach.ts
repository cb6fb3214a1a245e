import { html, nothing } from 'lit';
import type { Phase, SessionState } from '../../session/state.ts';
import { SessionValue } from '../session-value.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import './define.ts';

/** Asks how the conversation was when it is over, once for each in which both sides said something. */
class Asking implements Extra {
  readonly #host: Launcher;
  /** Id of the last line of the conversation that is asked about; null = none is. */
  #about: string | null = null;

  constructor(host: Launcher) {
    this.#host = host;
    new SessionValue(
      host,
      (state) => state,
      (now, before) => this.#step(now, before.phase),
    );
  }

  panel(): unknown {
    const { feedback, words } = this.#host;
    if (this.#about === null || (feedback !== 'conversation' && feedback !== 'both')) return nothing;
    return html`<viva-feedback
      slot="notice"
      exportparts="feedback"
      conversation=${this.#about}
      .strings=${words}
      @skip=${this.#skip}
    ></viva-feedback>`;
  }

  #step({ phase, transcript }: SessionState, before: Phase): void {
    if (phase === before) return;
    const both = (['user', 'assistant'] as const).every((side) =>
      transcript.some(({ role, text }) => role === side && text !== ''),
    );
    this.#about = phase === 'ended' && both ? (transcript.at(-1)?.id ?? null) : null;
  }

  readonly #skip = (): void => {
    this.#about = null;
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => this.#host.renderRoot.querySelector('viva-panel')?.focus());
  };
}

/** What `<viva-voce feedback="conversation">` loads. */
export const attach = (host: Launcher): Extra => new Asking(host);
