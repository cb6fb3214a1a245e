import { type ReactiveController } from 'lit';
import { BehaviorSubject, Subject, Subscription } from 'rxjs';
import { isBusy, wordsOf } from '../../pipelines/kiosk-activity.ts';
import { type Idleness, visitIdleness } from '../../pipelines/kiosk-idle.ts';
import type { KioskOptions } from '../../pipelines/kiosk-options.ts';
import type { Assistant } from '../../session/assistant.ts';
import { eventsOf } from '../../shared/events-of.ts';
import { attempt } from '../attempt.ts';
import { SessionValue } from '../session-value.ts';
import type { Extra } from '../viva-voce/extras.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { clearVisitor, defaultsOf, type KioskDefaults } from './clear-visitor.ts';
import { FullScreen } from './full-screen.ts';
import { Keeper } from './keeper.ts';
import { kioskSheet } from './kiosk.styles.ts';
import { kioskStrings } from './kiosk-strings.ts';
import { type ResetReason, type VisitCause, VivaResetEvent, VivaVisitEvent } from './kiosk-events.ts';
import { Machinery, type Served } from './machinery.ts';
import { focusQuietly } from './quiet-focus.ts';
import { SpokenWarning } from './spoken-warning.ts';
import { inPanel, overAll, type KioskView } from './view.ts';
import { applyVolume } from './visitor-choice.ts';
import { visitorSigns, type VisitorSign } from './visitor-signs.ts';
import { Wishes } from './wishes.ts';

/** A kiosk on a tag: the screen that waits, the visit, the warning, the clearing, and round again. */
export class Kiosk implements ReactiveController, Extra, Served, KioskView {
  readonly host: Launcher;
  readonly fullScreenMode: FullScreen;
  readonly keeper: Keeper;
  readonly machinery: Machinery;
  stage: 'attract' | 'visit' | 'clearing' = 'attract';
  idle: Idleness = { kind: 'present' };
  options: KioskOptions;
  readonly #wishes: Wishes;
  readonly #defaults: KioskDefaults;
  readonly #sign$ = new Subject<null>();
  readonly #busy$ = new BehaviorSubject(false);
  /** The kiosk itself speaks. */
  readonly #deaf$ = new BehaviorSubject(false);
  readonly #spoken: SpokenWarning;
  readonly #sheet = new CSSStyleSheet();
  #running = new Subscription();
  #visit = new Subscription();
  /** The visit began before there was an assistant to begin it with. */
  #owed = false;
  #focusOwed = false;
  /** The last sign was a key: whoever looks for the focus sees it. */
  #keyed = false;
  #clearing: Promise<void> | null = null;
  #words = 0;
  #signs = 0;
  #conversing: Assistant | null = null;

  constructor(host: Launcher) {
    this.host = host;
    this.#wishes = new Wishes(host);
    this.options = this.#wishes.read();
    this.#defaults = defaultsOf(host);
    this.fullScreenMode = new FullScreen(() => host.requestUpdate());
    this.machinery = new Machinery(host, this, this.options);
    this.keeper = new Keeper(this);
    this.#spoken = new SpokenWarning(host, this.machinery.edges, (on) => {
      this.#deaf$.next(on);
    });
    this.#sheet.replaceSync(kioskSheet(host));
    new SessionValue(
      host,
      (state) => state,
      (state) => {
        this.#busy$.next(isBusy(state));
        this.machinery.follow({ phase: state.phase, microphone: state.microphone, error: state.error?.code ?? null });
        this.machinery.status.reconnects = state.reconnects;
        const words = wordsOf(state);
        if (words > this.#words) this.sign();
        this.#words = words;
      },
    );
    host.addController(this);
  }

  get alone(): boolean {
    return this.stage === 'attract' && !this.keeper.open;
  }

  get fullScreen(): boolean {
    return this.fullScreenMode.active;
  }

  get words() {
    return { ...kioskStrings, ...this.host.words };
  }

  hostConnected(): void {
    const root = this.host.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    this.fullScreenMode.connect();
    this.#running = this.machinery.run();
    this.#running.add(
      visitorSigns.subscribe((sign) => {
        this.#seen(sign);
      }),
    );
    // An interpreter's lines are no transcript.
    this.#running.add(
      eventsOf(this.host, 'viva-caption').subscribe(() => {
        this.sign();
      }),
    );
  }

  hostDisconnected(): void {
    const root = this.host.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    this.#running.unsubscribe();
    this.#visit.unsubscribe();
    this.#spoken.stop();
    this.fullScreenMode.disconnect();
    this.stage = 'attract';
  }

  hostUpdate(): void {
    this.keeper.takePin();
    this.options = this.#wishes.read();
    this.machinery.renew(this.options);
    this.machinery.status.stage = this.idle.kind === 'warning' ? 'warning' : this.stage;
  }

  hostUpdated(): void {
    const { assistant } = this.host;
    // Each visit gets an assistant of its own, which knows of no volume yet.
    if (assistant !== this.#conversing) applyVolume(this.host);
    this.#conversing = assistant;
    const panel = this.host.renderRoot.querySelector<HTMLElement>('viva-panel');
    if (panel === null) return;
    panel.inert = this.stage !== 'visit';
    if (this.#owed && assistant !== null) this.#start();
    if (this.#focusOwed) this.#focus(panel);
  }

  over() {
    return overAll(this);
  }

  panel() {
    return inPanel(this);
  }

  changed(): void {
    this.host.requestUpdate();
  }

  noticed(cause: VisitCause): void {
    if (this.#deaf$.value) return;
    this.begin(cause);
  }

  /** Somebody is there. */
  sign(): void {
    this.#signs += 1;
    this.#sign$.next(null);
  }

  begin(cause: VisitCause): void {
    if (this.stage !== 'attract' || this.keeper.open) return;
    this.stage = 'visit';
    this.fullScreenMode.renew();
    this.machinery.status.visits += 1;
    this.#words = this.#signs = 0;
    this.#owed = this.#focusOwed = true;
    const signs = { sign$: this.#sign$, conversing$: this.#busy$, speech$: this.machinery.speech$, deaf$: this.#deaf$ };
    this.#visit = visitIdleness(signs, this.options).subscribe((idle) => {
      this.#turn(idle);
    });
    this.host.dispatchEvent(new VivaVisitEvent(cause));
    this.host.requestUpdate();
  }

  /** The end of a visit, if there is one. */
  leave(reason: ResetReason): void {
    if (this.stage === 'visit') void this.#clear(reason);
  }

  /** What the page wants with `reset()`: also while nobody is there, for something of somebody may be left. */
  reset(): Promise<void> | null {
    if (this.host.variant !== 'kiosk') return null;
    return this.#clearing ?? this.#clear('page');
  }

  /** Never rejects: a device of nobody's waits for the next visitor, whatever went wrong. */
  #clear(reason: ResetReason): Promise<void> {
    const visited = this.stage === 'visit';
    this.stage = 'clearing';
    this.#visit.unsubscribe();
    this.#turn({ kind: 'present' });
    this.#owed = false;
    if (visited) {
      this.keeper.close();
      this.machinery.visited(this.#signs === 0);
    }
    const done = (): void => {
      this.#clearing = null;
      this.stage = 'attract';
      this.#focusOwed ||= visited;
      this.host.dispatchEvent(new VivaResetEvent(reason));
      this.host.requestUpdate();
    };
    this.#clearing = clearVisitor(this.host, this.#defaults).catch(reportError).then(done);
    return this.#clearing;
  }

  restart(): void {
    const { assistant } = this.host;
    if (this.stage !== 'visit' || assistant === null) return;
    attempt(this.host, async () => {
      await assistant.stop();
      await assistant.start({ voice: true });
    });
  }

  #seen({ kind, event }: VisitorSign): void {
    const pressed = event.type === 'pointerdown';
    if (kind !== 'watching') this.#keyed = kind === 'key';
    if (pressed && this.keeper.tapped(event as PointerEvent)) return;
    if (kind !== 'watching') {
      this.#spoken.touched();
      this.machinery.touched();
    }
    if (pressed && !this.keeper.open) this.fullScreenMode.ask();
    this.sign();
    if (kind !== 'key' || this.stage !== 'attract' || this.keeper.open) return;
    this.begin('key');
    // The focus goes to the buttons of the conversation: the key that began it must not press one of them.
    event.preventDefault();
  }

  #turn(idle: Idleness): void {
    this.idle = idle;
    this.#spoken.follow(idle);
    this.host.requestUpdate();
    if (idle.kind === 'gone') this.leave('idle');
  }

  /** The conversation opens the microphone before it makes an AudioContext, as the ear does. */
  #start(): void {
    this.#owed = false;
    if (this.host.mode !== 'chat' && !this.host.interprets) attempt(this.host, (assistant) => assistant.start({ voice: true }));
  }

  #focus(panel: HTMLElement): void {
    if (this.stage === 'clearing' || this.keeper.open) return;
    this.#focusOwed = false;
    const target = this.stage === 'visit' ? panel : this.host.renderRoot.querySelector<HTMLElement>('viva-kiosk-attract');
    if (this.#keyed) target?.focus();
    else if (target !== null) focusQuietly(target);
  }
}
