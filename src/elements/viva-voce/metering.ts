import type { ReactiveController } from 'lit';
import { map, timer, type Observable, type Subscription } from 'rxjs';
import { judged, type Connection } from '../../pipelines/usage-connection.ts';
import { costOf } from '../../pipelines/usage-cost.ts';
import { roundTrips, type RoundTrip } from '../../pipelines/usage-round-trip.ts';
import { idle, type SessionState } from '../../session/state.ts';
import { AssistantError } from '../../shared/errors.ts';
import { VivaErrorEvent } from '../events.ts';
import { SessionValue } from '../session-value.ts';
import { question, questionUrl } from '../metrics/gateway-question.ts';
import { VivaMetricsEvent, type Readings } from '../metrics/metrics-events.ts';
import { tariffOf, type Tariff } from '../metrics/prices.ts';
import { mayEnd } from '../metrics/spending.ts';
import type { Launcher } from './launcher.ts';

/** The figures of a tag's conversation: tells them to the page as they change, and ends what has cost enough. */

const EVERY_MS = 5_000;
const PATIENCE_MS = 4_000;

const meterings = new WeakMap<Launcher, Metering>();

export class Metering implements ReactiveController {
  readonly #host: Launcher;
  #state: SessionState = idle;
  /** null = not measured. */
  #connection: Connection | null = null;
  #measuring: Subscription | null = null;
  /** The server that is asked; '' = none is. */
  #asked = '';
  #told = '';
  #tariff: Tariff | null = null;
  /** The conversation was ended because of what it cost. */
  #ended = false;

  /** The one of a tag; made when there is none. */
  static of(host: Launcher): Metering {
    const metering = meterings.get(host) ?? new Metering(host);
    meterings.set(host, metering);
    return metering;
  }

  private constructor(host: Launcher) {
    this.#host = host;
    this.#readTariff();
    new SessionValue(
      host,
      (state) => state,
      (now, before) => {
        this.#state = now;
        this.#step(now, before);
      },
    );
    host.addController(this);
  }

  get readings(): Readings {
    const { counters, latency, usage } = this.#state;
    const { prices, currency } = this.#money;
    return {
      roundTripMs: this.#connection?.roundTripMs ?? null,
      jitterMs: this.#connection?.jitterMs ?? null,
      quality: this.#connection?.quality ?? null,
      underruns: counters['underruns'] ?? 0,
      framesDropped: counters['frames dropped'] ?? 0,
      latency,
      usage,
      cost: prices === null ? null : costOf(usage, prices),
      currency,
    };
  }

  /** In the currency of the readings; null = there is none. */
  get limit(): number | null {
    return this.#money.limit;
  }

  get limitReached(): boolean {
    return this.#ended;
  }

  hostUpdate(): void {
    this.#readTariff();
    this.#measure();
  }

  hostDisconnected(): void {
    this.#rest();
  }

  get #money(): Tariff {
    return this.#tariff ?? tariffOf(this.#host);
  }

  /** What is wrong is told when it is new: attributes are read with every update. */
  #readTariff(): void {
    this.#tariff = tariffOf(this.#host);
    const told = this.#tariff.faults.map(({ message }) => message).join();
    if (told !== this.#told) {
      for (const fault of this.#tariff.faults) this.#host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
    }
    this.#told = told;
  }

  #step(now: SessionState, before: SessionState): void {
    if (now.usage === null && before.usage !== null) this.#ended = false;
    if (now.latency !== before.latency || now.usage !== before.usage) this.#tell();
    this.#measure();
    this.#watchSpending(now);
  }

  #tell(): void {
    const { latency, usage } = this.#state;
    if (latency === null && usage === null && this.#connection === null) return;
    this.#host.dispatchEvent(new VivaMetricsEvent(this.readings));
    this.#host.requestUpdate();
  }

  /** Measures while a conversation is on and its figures are shown. */
  #measure(): void {
    const { phase } = this.#state;
    const on = phase === 'listening' || phase === 'thinking' || phase === 'speaking' || phase === 'reconnecting';
    if (!on || !this.#host.metrics || !this.#host.isConnected) {
      this.#rest();
      return;
    }
    const url = questionUrl(this.#host);
    if (this.#measuring !== null && this.#asked === (url ?? '')) return;
    this.#rest();
    this.#asked = url ?? '';
    this.#measuring = measured(url)
      .pipe(judged(() => this.#gaps))
      .subscribe((connection) => {
        this.#connection = connection;
        this.#tell();
      });
  }

  get #gaps() {
    const { counters, phase } = this.#state;
    return {
      underruns: counters['underruns'] ?? 0,
      framesDropped: counters['frames dropped'] ?? 0,
      lost: phase === 'reconnecting',
    };
  }

  #rest(): void {
    this.#measuring?.unsubscribe();
    this.#measuring = null;
    this.#connection = null;
  }

  #watchSpending(state: SessionState): void {
    const { prices, limit, currency } = this.#money;
    if (this.#ended || prices === null || limit === null || !mayEnd(state, costOf(state.usage, prices), limit)) return;
    this.#ended = true;
    const message = `the spending limit of ${limit} ${currency} is reached`;
    const facts = new AssistantError('quota-exceeded', message, { field: 'spending-limit' }).toFacts();
    // Not while the state is being told: whoever is told after us would hear the end before it.
    queueMicrotask(() => {
      this.#host.stop().catch(reportError);
      this.#host.dispatchEvent(new VivaErrorEvent(facts));
      this.#host.requestUpdate();
    });
  }
}

const measured = (url: string | null): Observable<RoundTrip | null> =>
  url === null
    ? timer(0, EVERY_MS).pipe(map(() => null))
    : question(url).pipe(roundTrips({ everyMs: EVERY_MS, patienceMs: PATIENCE_MS, now: () => performance.now() }));
