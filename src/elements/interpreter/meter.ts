import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Subscription } from 'rxjs';
import type { Connection } from '../../pipelines/usage-connection.ts';
import { interpreterConnection, type Counted } from '../../pipelines/usage-interpreter.ts';
import type { Interpreter } from '../../session/interpreter.ts';
import { VivaMetricsEvent, type Readings } from '../metrics/metrics-events.ts';

/** The figures of an interpreter, told to the page as they change: how late its words are, and while they are shown, how good its connection is. */

interface Host extends ReactiveControllerHost, EventTarget {
  readonly isConnected: boolean;
}

const LIVE = new Set(['listening', 'reconnecting']);

export class Meter implements ReactiveController {
  readonly #host: Host;
  readonly #of: () => Interpreter | null;
  readonly #measures: () => boolean;
  #connection: Connection | null = null;
  #measuring: Subscription | null = null;
  #measured: Interpreter | null = null;
  #told: Readings['latency'] = null;

  /** `of`: the interpreter of now. `measures`: its connection is to be judged as well. */
  constructor(host: Host, of: () => Interpreter | null, measures: () => boolean) {
    this.#host = host;
    this.#of = of;
    this.#measures = measures;
    host.addController(this);
  }

  /** Null while there is nothing to tell: no interpreter, or one that never ran. */
  get readings(): Readings | null {
    const state = this.#of()?.state.value;
    if (state === undefined || state.phase === 'idle') return null;
    const { roundTripMs = null, jitterMs = null, quality = null } = this.#connection ?? {};
    const { latency, underruns, dropped } = state;
    const nothingPaid = { usage: null, cost: null, currency: 'USD' };
    return { roundTripMs, jitterMs, quality, underruns, framesDropped: dropped, latency, ...nothingPaid };
  }

  hostUpdate(): void {
    const interpreter = this.#of();
    const state = interpreter?.state.value;
    const on = state !== undefined && LIVE.has(state.phase) && this.#host.isConnected && this.#measures();
    if (!on || interpreter !== this.#measured) this.hostDisconnected();
    if (on && interpreter !== null && this.#measuring === null) this.#measure(interpreter);
    const latency = state?.latency ?? null;
    if (latency === this.#told) return;
    this.#told = latency;
    // Not while the tag updates: whoever hears it may change the tag.
    if (latency !== null) queueMicrotask(() => this.#tell());
  }

  hostDisconnected(): void {
    this.#measuring?.unsubscribe();
    this.#measuring = null;
    this.#measured = null;
    this.#connection = null;
  }

  #measure(interpreter: Interpreter): void {
    this.#measured = interpreter;
    this.#measuring = interpreterConnection(() => counted(interpreter)).subscribe((connection) => {
      this.#connection = connection;
      this.#tell();
      this.#host.requestUpdate();
    });
  }

  #tell(): void {
    const { readings } = this;
    if (readings !== null) this.#host.dispatchEvent(new VivaMetricsEvent(readings));
  }
}

function counted(interpreter: Interpreter): Counted {
  const { roundTripMs, underruns, dropped, phase } = interpreter.state.value;
  return { roundTripMs, underruns, framesDropped: dropped, lost: phase === 'reconnecting' };
}
