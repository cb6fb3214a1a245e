import type { Assistant } from '../../session/assistant.ts';
import type { OwnAssistant } from './hosted-assistant.ts';
import { TagMethods } from './tag-methods.ts';

/**
 * A realtime voice and text assistant: a launcher that, once pressed, opens a panel to speak, write, read and interrupt.
 *
 * @attr endpoint - Base URL of the gateway or provider, or its `wss:` URL; default: where this script came from
 * @attr protocol - `realtime`
 * @attr preset - The kind of server: `gateway` (default), `openai`, `azure`, `xai`, `qwen`, `localai`, `speaches`
 * @attr model - The model asked for
 * @attr token-url - Answers a POST with a short-lived secret; default `/auth/page-token` of the endpoint
 * @attr language - BCP 47 tag of what is spoken
 * @attr voice - Name of the assistant's voice
 * @attr instructions - What the assistant is to be and do
 * @attr mode - `assistant` (voice and text), `chat` (text only, never asks for the microphone), `interpreter`, or `captions` of it alone
 * @attr turn - How a spoken turn ends: `vad`, `hold` or `toggle`
 * @attr vad-threshold - 0–1
 * @attr vad-silence-ms - Silence that ends a turn, ms
 * @attr vad-prefix-ms - Sound kept from before speech was noticed, ms
 * @attr barge-in - What may interrupt: `natural`, `button` or `never`
 * @attr muted - The microphone is muted
 * @attr open - The panel is open
 * @attr default-open - The panel is open at first
 * @attr placement - `bottom-end` (default), `bottom-start`, `top-end`, `top-start`, `bottom`, `top`, or by side: `bottom-left`, `bottom-right`, `top-left`, `top-right`
 * @attr variant - `launcher` (default), `compact`, `expanded`, `inline`, `full`, `kiosk`, or `bare`: shows only what stands inside the tag
 * @attr color-scheme - `auto`, `light` or `dark`
 * @attr microphone - Device id
 * @attr speaker - Device id
 * @attr camera - Device id
 * @attr camera-on - The camera goes along
 * @attr screen-on - The screen goes along
 * @attr frame-every - Seconds between pictures of camera and screen, besides one with each turn
 * @attr asset-base - Folder the worklets and the worker are served from
 * @attr worklet-url - Where the worklets are
 * @attr worker-url - Where the voice worker is
 * @attr silero-url - Folder of Silero’s files, for a better judge of what is speech
 * @attr translate-to - BCP 47: what is said is also shown in this language
 * @attr speak-translation - An interpreter also speaks what it translates
 * @attr strings - JSON that replaces any of the words; the property takes an object
 * @attr lang - BCP 47: the language of what is shown; default that of the page, else the browser’s
 * @attr radius - Corners: `pill`, `round`, `soft` or `sharp`
 * @attr density - Spacing: `compact`, `normal` or `spacious`
 * @attr resizable - The panel can be made larger and smaller
 * @attr avatar - URL of a picture of the assistant, or `visualizer`
 * @attr consent - Asks before the first conversation: `once` for this browser, or `session`
 * @attr consent-key - Name in storage of what was agreed to
 * @attr privacy-url - Page the consent links to
 * @attr resume - Keeps the conversation across page loads: `session` or `local`
 * @attr resume-key - Name in storage of the kept conversation
 * @attr feedback - Asks for ratings: `answers`, `conversation` or `both`
 * @attr suggestions - Questions to begin with, a JSON list
 * @attr link-hosts - Hosts that links in answers may lead to, with spaces; `*` = any
 * @attr image-hosts - Hosts that pictures in answers may come from, with spaces; none by default
 * @attr page-actions - What the assistant may do on this page, with spaces: `read`, `scroll`, `highlight`, `focus`, `fill`, `click`, `navigate`
 * @attr metrics - Shows delays, quality of the connection and cost
 * @attr prices - JSON: what a million tokens of each kind cost
 * @attr currency - ISO 4217 code of the prices (`USD`)
 * @attr spending-limit - The conversation ends when it has cost this much
 * @attr idle-timeout-ms - Kiosk: this long without touch, key or speech, a visitor counts as gone (60000)
 * @attr idle-countdown-ms - Kiosk: this long the warning stands before everything is cleared (20000)
 * @attr watchdog-ms - Kiosk: this long without a sign of life, a part is started again
 * @attr heartbeat-ms - Kiosk: between two reports of its health (30000)
 * @attr heartbeat-url - Kiosk: address that gets those reports
 * @attr pin - Kiosk: digits that open the keeper’s panel
 * @attr recycle - Kiosk: time of day, `HH:MM`, at which the page is loaded anew when nobody is there
 * @attr duplex - `full`, or `half`: the microphone rests while the assistant speaks
 * @attr controls - Kiosk: where the buttons are: `bottom` or `middle`
 * @attr presence - Kiosk: what a visitor is noticed by, with spaces: `touch`, `voice`, `camera`
 * @attr languages - Kiosk: tags, with spaces, of the languages a visitor may choose from; all of them by default
 * @attr attract-src - Kiosk: a muted film or a picture for the screen that waits for visitors
 * @attr keyboard - Shows a keyboard on the screen with the field
 * @attr dismissible - A visitor can send the launcher away: until the page is loaded anew, or kept for this tab (`session`) or browser (`local`)
 * @attr dismissed - The launcher was sent away
 * @attr state - Reflects the phase of the conversation; also `:state(listening)` and so on
 *
 * @fires {VivaReadyEvent} viva-ready
 * @fires {VivaOpenChangeEvent} viva-open-change
 * @fires {VivaBeforeStartEvent} viva-before-start - Cancellable; `options` may be changed
 * @fires {VivaStateChangeEvent} viva-state-change
 * @fires {VivaTranscriptEvent} viva-transcript
 * @fires {VivaMessageEvent} viva-message - What somebody said, wrote or was answered is whole; once for each message
 * @fires {VivaInterruptEvent} viva-interrupt
 * @fires {VivaMetricsEvent} viva-metrics - Delays, gaps, tokens and cost, after each answer
 * @fires {VivaDeviceChangeEvent} viva-device-change
 * @fires {VivaPermissionEvent} viva-permission - The browser asks for microphone, camera or screen, or has been answered
 * @fires {VivaLevelEvent} viva-level - How loud both sides are; only to who listens at the tag itself
 * @fires {VivaToolCallEvent} viva-tool-call - The assistant calls a tool of the page; may be answered in its place, cancellable
 * @fires {VivaErrorEvent} viva-error
 * @fires {VivaPageActionEvent} viva-page-action - The assistant is about to act on the page; cancellable
 * @fires {VivaCaptionEvent} viva-caption - A line of captions was added or changed
 * @fires {VivaConsentEvent} viva-consent - The visitor agreed, declined, or withdrew what was agreed to
 * @fires {VivaFeedbackEvent} viva-feedback - Somebody rated an answer or the conversation
 * @fires {VivaDismissEvent} viva-dismiss - The visitor sends the launcher away, or takes it back; cancellable
 * @fires {VivaVisitEvent} viva-visit - Kiosk: a visitor came
 * @fires {VivaResetEvent} viva-reset - Everything of the last visitor was cleared: by a kiosk, or by `reset()`
 * @fires {VivaHealthEvent} viva-health - Kiosk: how it is, at every heartbeat
 *
 * @slot - Label of the launcher
 * @slot avatar - A picture at the start of the panel's header
 * @slot header-start - Beside the title
 * @slot header-end - Before the close button
 * @slot empty - Shown while nothing has been said yet
 * @slot consent - Stands in the place of our words where consent is asked for
 * @slot footer - Below the composer
 * @slot attract - Kiosk: a picture, a film or anything else for the screen that waits for visitors
 *
 * @csspart launcher - The button that opens the panel
 * @csspart toast - What went wrong while nothing else is on the screen
 * @csspart captions - Live captions while the panel is closed
 * @csspart indicator - Says that the microphone is open, and that camera or screen go along, while the panel is closed
 * @csspart panel - The opened assistant
 *
 * @cssprop --viva-primary - Colour of what is to be pressed
 * @cssprop --viva-primary-hover - The same under a pointer
 * @cssprop --viva-primary-active - The same while pressed
 * @cssprop --viva-on-primary - Text on it
 * @cssprop --viva-bg - Ground of the panel
 * @cssprop --viva-bg-raised - Ground of what stands out of it
 * @cssprop --viva-bg-input - Ground of fields
 * @cssprop --viva-bg-hover - Ground of a quiet button under a pointer
 * @cssprop --viva-bg-active - The same while pressed
 * @cssprop --viva-text - Text
 * @cssprop --viva-text-muted - Text that stands back
 * @cssprop --viva-border - Lines
 * @cssprop --viva-error - Failures, and the button that ends
 * @cssprop --viva-overlay - Ground of labels on pictures
 * @cssprop --viva-msg-user-bg - Ground of the user’s words
 * @cssprop --viva-msg-user-border - Line beside the user’s words
 * @cssprop --viva-radius - Corners of the panel
 * @cssprop --viva-btn-radius - Corners of buttons
 * @cssprop --viva-input-radius - Corners of the field
 * @cssprop --viva-msg-radius - Corners of messages and notes
 * @cssprop --viva-fab-size - Height of the launcher
 * @cssprop --viva-target-size - Least size of anything that can be pressed (44px)
 * @cssprop --viva-padding - Space inside the panel
 * @cssprop --viva-font - Typeface
 * @cssprop --viva-font-voice - Typeface of the assistant’s words
 * @cssprop --viva-font-size - Size of the text
 * @cssprop --viva-max-h - Greatest height of the panel
 * @cssprop --viva-min-h - Least height of the panel
 * @cssprop --viva-aspect - Aspect ratio of an inline panel
 * @cssprop --viva-inset-inline - Distance from the side of the window
 * @cssprop --viva-inset-block - Distance from the bottom or top of the window
 * @cssprop --viva-z - Stacking of the launcher; the panel is in the top layer
 */
export class VivaVoce extends TagMethods {
  #own: OwnAssistant | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Moving the tag disconnects and connects it at once; only one that is still gone has left.
    queueMicrotask(() => {
      const own = this.#own;
      if (this.isConnected || own === null) return;
      if (this.assistant === own) this.assistant = null;
      own.dispose();
      this.#own = null;
    });
  }

  /** @internal Takes an assistant to look after: it is let go of when the tag leaves the page or gets another one. */
  override own(assistant: OwnAssistant): Assistant {
    this.#own?.dispose();
    this.#own = assistant;
    this.assistant = assistant;
    return assistant;
  }

  protected override async ensure(begins?: boolean): Promise<Assistant> {
    if (this.beyond) await (await this.extras.load()).ready(begins);
    const parts = await this.parts.load();
    if (!this.isConnected) throw new DOMException('Not on the page', 'AbortError');
    return this.assistant ?? this.own(parts.hosted(this));
  }

  /** @internal */
  override get given(): boolean {
    return this.assistant !== null && this.assistant !== this.#own;
  }
}
