import { html, nothing } from 'lit';
import type { Idleness } from '../../pipelines/kiosk-idle.ts';
import { counted } from '../counted.ts';
import { diagnosisStrings } from '../diagnosis/diagnosis-strings.ts';
import { errorStrings } from '../alert/error-strings.ts';
import '../kiosk-attract/define.ts';
import '../kiosk-idle/define.ts';
import '../kiosk-menu/define.ts';
import { fill, panelStrings } from '../strings.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { missingPolicies } from './frame-policy.ts';
import type { FullScreen } from './full-screen.ts';
import type { Keeper } from './keeper.ts';
import { keeperView, type KeeperActs } from './keeper-view.ts';
import type { ResetReason, VisitCause } from './kiosk-events.ts';
import type { kioskStrings } from './kiosk-strings.ts';
import { chooseLanguage, chooseLoudness, languagesOf, larger, LOUDEST, loudnessOf, volumeOf } from './visitor-choice.ts';

/** What a kiosk shows: over everything, and in the panel. */

export interface KioskView extends KeeperActs {
  readonly host: Launcher;
  readonly stage: 'attract' | 'visit' | 'clearing';
  readonly idle: Idleness;
  readonly keeper: Keeper;
  readonly fullScreenMode: FullScreen;
  readonly words: typeof kioskStrings;
  begin(cause: VisitCause): void;
  leave(reason: ResetReason): void;
  sign(): void;
}

export const overAll = (kiosk: KioskView) =>
  kiosk.host.variant === 'kiosk'
    ? html`${kiosk.stage === 'visit' ? warning(kiosk) : attract(kiosk)}${keeperView(kiosk)}`
    : nothing;

function attract(kiosk: KioskView) {
  const { host, keeper } = kiosk;
  const begin = (): void => {
    if (!keeper.gesturing) kiosk.begin('touch');
  };
  return html`<viva-kiosk-attract
    exportparts="attract,attract-media,attract-begin"
    .src=${host.attractSrc}
    .reason=${reason(kiosk)}
    .voice=${kiosk.machinery.status.ear === 'open' && kiosk.options.presence.has('voice')}
    .strings=${host.words}
    @begin=${begin}
    >${
      host.querySelector(':scope > [slot="attract"]') === null ? nothing : html`<slot name="attract" slot="attract"></slot>`
    }</viva-kiosk-attract
  >`;
}

/** Why nobody can begin by voice, in words; a kiosk that has only its touch screen needs no reason. */
function reason({ host, machinery: { status }, options, words }: KioskView): string {
  if (!options.presence.has('voice')) return '';
  const missing = missingPolicies(['microphone', 'autoplay']);
  if (missing.length > 0)
    return fill({ ...diagnosisStrings, ...host.words }.diagnosisMissingPolicy, { words: missing.join('; ') });
  if (status.ear === 'refused') {
    const { earError } = status;
    if (earError === null || earError === 'microphone-denied') return words.attractNoMicrophone;
    return { ...errorStrings, ...host.words }[`error-${earError}`];
  }
  if (status.ear === 'asking') return words.attractNoMicrophone;
  return status.sound === 'suspended' ? words.attractNoSound : '';
}

function warning(kiosk: KioskView) {
  if (kiosk.idle.kind !== 'warning') return nothing;
  return html`<viva-kiosk-idle
    exportparts="idle,idle-stay"
    .seconds=${kiosk.idle.secondsLeft}
    .strings=${kiosk.host.words}
    @stay=${() => kiosk.sign()}
  ></viva-kiosk-idle>`;
}

export function inPanel(kiosk: KioskView) {
  const { host, fullScreenMode } = kiosk;
  if (host.variant !== 'kiosk') return nothing;
  return html`<viva-kiosk-menu
      slot="menu"
      exportparts="kiosk-size,kiosk-volume,kiosk-language,kiosk-full,kiosk-finish"
      .languages=${languagesOf(host)}
      .language=${host.shownLanguage}
      .loudness=${loudnessOf(host)}
      .loudest=${LOUDEST}
      .full=${!fullScreenMode.wanted}
      .strings=${host.words}
      @size=${() => larger(host)}
      @loudness=${(event: CustomEvent<number>) => {
        chooseLoudness(host, event.detail);
        kiosk.changed();
      }}
      @sample=${() => sample(kiosk)}
      @full=${() => fullScreenMode.ask()}
      @finish=${() => kiosk.leave('visitor')}
      @language=${(event: CustomEvent<string>) => chooseLanguage(host, event.detail)}
    ></viva-kiosk-menu>
    ${host.querySelector(':scope > [slot="empty"]') === null && host.mode !== 'chat' ? empty(kiosk) : nothing}
    ${notices(kiosk).map((text) => html`<p slot="notice" role="status">${text}</p>`)}`;
}

/** How loud it is now, unless something is heard anyway. */
function sample({ host, machinery }: KioskView): void {
  if (host.assistant?.state.value.playing === true) return;
  machinery.edges.chime(volumeOf(host)).subscribe({ error: reportError });
}

/** Where nothing was said yet: the panel's own words are for visitors who have a microphone to open. */
const empty = ({ host, words }: KioskView) =>
  html`<div slot="empty" class="ask">
    <p class="big">${{ ...panelStrings, ...host.words }.emptyVoice}</p>
    <p>${words.attractHint}</p>
  </div>`;

/** Minutes before the end of a conversation at which it is told. */
const TOLD_MINUTES = 3;

function notices({ host, words, machinery: { status }, fullScreenMode }: KioskView): readonly string[] {
  const state = host.assistant?.state.value;
  const expires = state?.expiresAt ?? null;
  const minutes = expires === null ? Infinity : Math.ceil((expires - Date.now()) / 60_000);
  return [
    ...(navigator.onLine ? [] : [words.kioskOffline]),
    ...(state?.microphone === 'lost' || status.sound === 'interrupted' ? [words.kioskRecovering] : []),
    ...(minutes > 0 && minutes <= TOLD_MINUTES ? [counted(words, 'kioskMinutesLeft', minutes)] : []),
    ...(fullScreenMode.wanted && fullScreenMode.lost ? [words.kioskFullscreenBack] : []),
  ];
}
