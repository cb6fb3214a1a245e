import type { PropertyDeclarations, PropertyValues } from 'lit';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { ErrorFacts } from '../../shared/errors.ts';
import { Awake } from '../awake/awake.ts';
import { AnnouncedLines } from '../caption-rows/announced-lines.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import { controlStyles } from '../controls.styles.ts';
import { VivaErrorEvent } from '../events.ts';
import { KeptFocus } from '../kept-focus.ts';
import { closeMenus, menuStyles } from '../live-captions/menu.ts';
import { troubleStyles } from '../live-captions/trouble.ts';
import { Localized } from '../localized.ts';
import { panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { Attempts } from './attempts.ts';
import { historyStyles } from './history.styles.ts';
import { InterpreterProperties } from './interpreter-properties.ts';
import { InterpreterSource, isLive } from './interpreter-source.ts';
import { interpreterStrings } from './interpreter-strings.ts';
import { BOTH, interpreterView } from './interpreter-view.ts';
import { interpreterStyles } from './interpreter.styles.ts';
import { Meter } from './meter.ts';
import { ReadingPlace } from './reading-place.ts';
import { Sharing } from './sharing.ts';
import { SoundConversation } from './sound-conversation.ts';
import { TalkKeys } from './talk-keys.ts';
import { talkKeyStyles } from './talk-keys.styles.ts';

/**
 * An interpreter: hears one language and shows another while somebody talks; for one speaker, for two people with a button each, or to
 * read along in a room.
 *
 * @attr from - BCP 47 of what is spoken
 * @attr to - BCP 47 of the translation
 * @attr endpoint - Base URL of the gateway; default: where the script came from
 * @attr token-url - Answers a POST with a login
 * @attr turn - `vad` (default) listens all the time; `hold`: two people, a button each
 * @attr room - Name of a room to read along in; nothing else is done then
 * @attr room-url - Base URL of the room's service; default: `endpoint`
 * @attr room-token - Lets its holder follow the room; default: one is asked for
 * @attr color-scheme - `auto`, `light` or `dark`
 * @attr metrics - Shows delays and the quality of the connection
 * @fires {VivaErrorEvent} viva-error
 * @fires {VivaMetricsEvent} viva-metrics - How late the words are, after each sentence; with `metrics` also the connection
 * @csspart frame - The whole
 * @csspart header - Title and tools
 * @csspart title - The title
 * @csspart devices - The button that opens the device menu
 * @csspart languages - The pair of languages
 * @csspart note - What to keep in mind of the translation
 * @csspart history - What was said before
 * @csspart line - A sentence of it
 * @csspart now - What is said right now
 * @csspart share - The link to follow
 * @csspart controls - The buttons
 * @csspart start - Begins and ends
 * @csspart talk - A button of two people
 * @csspart talk-near - Who speaks the first language
 * @csspart talk-far - Who speaks the second
 * @cssprop --viva-interpreter-height - Height of the whole
 */
export class VivaInterpreter extends InterpreterProperties {
  static override styles = [
    ...[tokens, controlStyles, menuStyles, troubleStyles],
    ...[interpreterStyles, historyStyles, talkKeyStyles],
  ];
  static override properties: PropertyDeclarations = { choosing: { state: true } };

  /** The device menu is open. */
  declare choosing: boolean;

  readonly #locale = new Localized(this, 'assistant');
  readonly #source: InterpreterSource = new InterpreterSource(this, (facts) => {
    if (!this.#embedded) fail(this, facts);
  });
  readonly #attempts = new Attempts(
    this,
    () => this.#source.trouble,
    (facts) => {
      fail(this, facts);
    },
  );
  readonly #meter = new Meter(
    this,
    () => (this.#embedded || this.#source.reads ? null : this.#source.interpreter),
    () => this.metrics,
  );
  readonly #sharing = new Sharing(this);
  readonly #sound = new SoundConversation(this);
  readonly #announced = new AnnouncedLines();
  readonly #place = new ReadingPlace();
  readonly #keys = new TalkKeys((side, down) => {
    this.#source.interpreter?.hold(side, down);
    this.requestUpdate();
  });

  constructor() {
    super();
    this.choosing = false;
    new KeptFocus(this);
    this.addEventListener('keydown', this.#escape);
    new Awake(this, () => this.isConnected && !this.#embedded && isLive(this.#source.phase));
  }

  /** Begins to listen and to translate. Call it from a click or a key. */
  async start(): Promise<void> {
    await this.#source.start();
  }

  /** Ends it: microphone and connection close. */
  async stop(): Promise<void> {
    await this.#source.stop();
  }

  /** A report for a support ticket: no secrets, no speech. */
  async diagnose(): Promise<Readonly<Record<string, unknown>>> {
    return this.#source.diagnose();
  }

  /** Goes to what is most likely wanted: the button that begins and ends, or what was said. */
  override focus(options?: FocusOptions): void {
    const go = (): void =>
      this.renderRoot.querySelector<HTMLElement>(this.#source.reads ? '.history' : '[part="start"]')?.focus(options);
    if (this.hasUpdated) go();
    else void this.updateComplete.then(go);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keys.release();
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      if (!this.isConnected) this.#source.dispose();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#source.update(changed);
    const gone = this.#sound.give(this.#source.reads ? null : this.#source.interpreter, this.#locale.words, this.strings);
    if (gone) this.choosing = false;
  }

  /** Not in `willUpdate`, which runs before the controllers know a new source. */
  protected override update(changed: PropertyValues<this>): void {
    this.#announced.take(this.#source.lines, BOTH);
    super.update(changed);
  }

  protected override render() {
    const told = { ...this.#locale.words, ...this.strings };
    return interpreterView(
      { ...captionStrings, ...interpreterStrings, devices: panelStrings.devices, ...told },
      {
        told,
        locale: this.#locale,
        source: this.#source,
        sharing: this.#sharing,
        attempts: this.#attempts,
        announced: this.#announced,
        keys: this.#keys,
        holds: this.#holds,
        given: this.interpreter !== null,
        choosing: this.choosing,
        cornered: this.#cornered,
        readings: this.metrics ? (this.readings ?? this.#meter.readings) : null,
        scrolled: this.#place.scrolled,
        ...this.#acts,
      },
    );
  }

  protected override updated(): void {
    this.#place.keep(this.renderRoot.querySelector('.history'));
    if (!this.isConnected) return;
    const { interpreter, reads, joined } = this.#source;
    if (this.choosing) void import('../devices/define.ts');
    if (this.metrics) void import('../metrics/define.ts');
    if (interpreter !== null) void import('../device-news/define.ts');
    if (reads && !joined) this.#attempts.try(() => this.start());
  }

  /** Inside a `<viva-voce>`, which tells the page of the interpreter's failures and figures. */
  get #embedded(): boolean {
    return this.slot === 'interpreter';
  }

  /** A panel that floats has its button there. */
  get #cornered(): boolean {
    return this.#embedded && this.parentElement?.hasAttribute('floating') === true;
  }

  get #holds(): boolean {
    return this.turn === 'hold';
  }

  readonly #acts = {
    begin: (): void => this.#attempt(() => this.start()),
    stop: (): void => {
      this.#keys.release();
      this.#sharing.end();
      this.#attempt(() => this.stop());
    },
    again: (): void => this.#attempt(() => this.#source.retry()),
    elsewhere: (): void => {
      void this.updateComplete.then(() => {
        this.focus();
      });
    },
    people: (): void => {
      this.turn = this.#holds ? 'vad' : 'hold';
    },
    share: (): void => this.#attempt(() => this.#sharing.toggle(this.#source.interpreter)),
    devices: (): void => {
      this.choosing = !this.choosing;
      if (this.choosing && this.#source.interpreter === null) this.#attempt(() => this.#source.made());
    },
    saved: (): void => closeMenus(this.renderRoot),
    /** In the language that the first person reads. */
    far: ({ original }: CaptionLine): boolean => {
      const { to } = this.#source.pair;
      return this.#holds && to !== null && original?.language.split('-')[0] === to.split('-')[0];
    },
  };

  /** Closes the device menu, as it closes the others; whoever is around hears the next one. */
  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || !this.choosing) return;
    this.choosing = false;
    this.renderRoot.querySelector<HTMLElement>('[part="devices"]')?.focus();
    event.preventDefault();
    event.stopPropagation();
  };

  #attempt(wish: () => Promise<unknown>): void {
    this.#sharing.forget();
    this.#attempts.try(wish);
  }
}

const fail = (tag: EventTarget, facts: ErrorFacts): boolean => tag.dispatchEvent(new VivaErrorEvent(facts));
