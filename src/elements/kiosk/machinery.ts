import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  EMPTY,
  filter,
  map,
  merge,
  Subject,
  Subscription,
  switchMap,
  take,
  tap,
  type Observable,
} from 'rxjs';
import type { KioskOptions } from '../../pipelines/kiosk-options.ts';
import { restMs } from '../../pipelines/kiosk-presence.ts';
import type { Room } from '../../pipelines/kiosk-calibration.ts';
import type { SessionSigns } from '../../pipelines/kiosk-watch-parts.ts';
import { AssistantError } from '../../shared/errors.ts';
import { eventsOf } from '../../shared/events-of.ts';
import type { VivaErrorEvent } from '../events.ts';
import { edgesOf, type KioskEdges } from '../viva-voce/kiosk-edges.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { heartbeat, pageGuard, sessionGuard, soundGuard } from './guard.ts';
import { hiddenCursor } from './hidden-cursor.ts';
import { VivaHealthEvent, type VisitCause } from './kiosk-events.ts';
import { type Listening, listening } from './listening.ts';
import { lockdown } from './lockdown.ts';
import { Reloading } from './reloading.ts';
import { KioskStatus } from './status.ts';
import { keptRoom } from './tuning.ts';
import { wakeLock } from './wake-lock.ts';

/** All of a kiosk that runs beside the visits: ear, eye, wake lock, lockdown, watchdogs, heartbeat. */

/** What counts as speech in a hall that was not calibrated, 0–1: a little clearer than in a quiet room (0.5). */
const NOISE_PROOF = 0.6;

/** What it asks of the kiosk it serves. */
export interface Served {
  readonly alone: boolean;
  readonly fullScreen: boolean;
  /** Something that is shown has changed. */
  changed(): void;
  /** A voice or a movement was noticed. */
  noticed(cause: VisitCause): void;
  /** The conversation is to begin again with all that was said. */
  restart(): void;
}

export class Machinery {
  readonly status = new KioskStatus();
  readonly edges: KioskEdges;
  readonly reloading = new Reloading(this.status);
  /** dBFS that speech is louder than, as calibrated. */
  softestDb: number | null = null;
  readonly #host: Launcher;
  readonly #served: Served;
  readonly #options$: BehaviorSubject<KioskOptions>;
  readonly #session$ = new BehaviorSubject<SessionSigns>({ phase: 'idle', microphone: 'off', error: null });
  /** A conversation has the microphone open, so the ear listens along. */
  readonly #conversing$ = new BehaviorSubject(false);
  readonly #touch$ = new Subject<null>();
  readonly #ear: Listening;
  /** Visits in a row that came to nothing, and until when voices and movements wake nobody (ms since the epoch). */
  #empty = 0;
  #restsUntil = 0;

  constructor(host: Launcher, served: Served, options: KioskOptions) {
    this.#host = host;
    this.#served = served;
    this.edges = edgesOf(host);
    this.#options$ = new BehaviorSubject(options);
    const room = keptRoom();
    if (room !== null) this.tune(room);
    else host.vadThreshold ??= NOISE_PROOF;
    this.#ear = listening(this.edges, this.status, () => this.softestDb, this.#mend);
  }

  get speech$(): Observable<boolean> {
    return this.#ear.speech$;
  }

  /** Everything, until it is unsubscribed. */
  run(): Subscription {
    const { status, edges } = this;
    const running = new Subscription();
    for (const part of this.#parts(status, edges))
      running.add(
        part.subscribe({
          error: (cause: unknown) => {
            const { code, message } = AssistantError.from(cause, 'unsupported');
            status.note(code, message);
          },
        }),
      );
    return running;
  }

  #parts(status: KioskStatus, edges: KioskEdges): readonly Observable<unknown>[] {
    const hearing$ = combineLatest([this.#options$, this.#conversing$]).pipe(
      map(([{ presence }, conversing]) => presence.has('voice') || conversing),
      distinctUntilChanged(),
    );
    const seeing$ = this.#options$.pipe(
      map(({ presence }) => presence.has('camera')),
      distinctUntilChanged(),
    );
    const changed = (): void => {
      this.#served.changed();
    };
    // Open the microphone first, then make the AudioContext: a page that records may sound without a touch.
    const settled$ = merge(this.#touch$, this.#ear.state$.pipe(filter((state) => state === 'open')));
    return [
      hearing$.pipe(switchMap((on) => (on ? this.#ear.event$ : EMPTY))),
      this.#ear.state$.pipe(tap(changed)),
      this.#ear.speech$.pipe(
        filter(Boolean),
        tap(() => this.#wakes('voice')),
      ),
      settled$.pipe(
        take(1),
        switchMap(() => soundGuard(edges, status, changed, this.#unlock)),
      ),
      seeing$.pipe(
        switchMap((on) => (on ? edges.movement$ : EMPTY)),
        tap(() => this.#wakes('camera')),
      ),
      this.#options$.pipe(switchMap((options) => pageGuard(edges, status, options))),
      this.#options$.pipe(switchMap((options) => sessionGuard(this.#session$, this.#ear.speech$, options, this.#restart))),
      heartbeat(this.#options$, this.#beat),
      wakeLock.pipe(tap((state) => (status.wakeLock = state))),
      lockdown(this.#host),
      hiddenCursor(this.#host),
      eventsOf<VivaErrorEvent>(this.#host, 'viva-error').pipe(tap(({ code, message }) => status.note(code, message))),
      eventsOf<ErrorEvent>(window, 'error').pipe(tap(({ message }) => status.note('script', message))),
    ];
  }

  /** The attributes may have changed. */
  renew(options: KioskOptions): void {
    if (JSON.stringify({ ...options, presence: [...options.presence] }) === this.#described) return;
    this.#described = JSON.stringify({ ...options, presence: [...options.presence] });
    this.#options$.next(options);
  }

  #described = '';

  /** The room was calibrated: what is louder counts as speech, for the ear and for the assistant. */
  tune({ threshold, softestDb }: Room): void {
    this.softestDb = softestDb;
    if (threshold !== null) this.#host.vadThreshold = threshold;
  }

  /** To be called within a gesture. */
  touched(): void {
    this.#touch$.next(null);
    this.#ear.touched();
    if (this.status.sound === 'suspended') this.#unlock();
  }

  follow(signs: SessionSigns): void {
    this.#session$.next(signs);
    this.status.phase = signs.phase;
    this.status.lastEventAt = Date.now();
    const conversing = signs.microphone === 'live' || signs.microphone === 'muted';
    if (conversing !== this.#conversing$.value) this.#conversing$.next(conversing);
  }

  /** A visit is over; `empty`: without a touch or a word, so that it may have been none. */
  visited(empty: boolean): void {
    this.#empty = empty ? this.#empty + 1 : 0;
    this.#restsUntil = Date.now() + restMs(this.#empty);
  }

  #wakes(cause: VisitCause): void {
    if (cause === 'voice' && !this.#options$.value.presence.has('voice')) return;
    if (Date.now() >= this.#restsUntil) this.#served.noticed(cause);
  }

  readonly #blocked = (cause: unknown): void => {
    this.status.note('audio-blocked', String(cause));
  };

  readonly #unlock = (): void => {
    this.#host.assistant?.unlock().catch(this.#blocked);
  };

  /** The conversation shares the ear's device and has to let go of it too. */
  readonly #mend = (what: 'reopen' | 'rebuild'): void => {
    const { assistant } = this.#host;
    if (assistant === null || assistant.state.value.microphone === 'off') return;
    if (what === 'rebuild') {
      this.#restart();
      return;
    }
    const { microphone } = assistant.devices.value;
    Promise.all([assistant.setDevice('microphone', ''), assistant.setDevice('microphone', microphone)]).catch(this.#blocked);
  };

  readonly #restart = (): void => {
    this.status.restarts.session += 1;
    this.#served.restart();
  };

  readonly #beat = (options: KioskOptions): void => {
    const { status } = this;
    status.sample();
    this.reloading.look(options.recycleAt, this.#served.alone);
    const health = status.health(this.#served.fullScreen);
    this.#host.dispatchEvent(new VivaHealthEvent(health));
    if (options.heartbeatUrl !== null) navigator.sendBeacon(options.heartbeatUrl, JSON.stringify(health));
  };
}
