import { ContextProvider, type ContextEvent } from '@lit/context';
import { html, nothing } from 'lit';
import type { Assistant } from '../../session/assistant.ts';
import { conversationContext, type Conversation, type KnownStrings } from '../conversation.ts';
import { microphoneStrings } from '../devices/microphone-strings.ts';
import '../panel/define.ts';
import type { MenuChoice } from '../chat-menu/chat-menu.ts';
import { Carried } from '../chat/carried.ts';
import { partNames } from '../panel/part-names.ts';
import { directionOf } from '../locale-of.ts';
import { placed, variantNamed } from '../panel/placement.ts';
import { panelStrings } from '../strings.ts';
import { attempt } from '../attempt.ts';
import type { TranscriptFormat } from '../chat/acts.ts';
import type { Extras } from './extras.ts';
import type { Launcher } from './launcher.ts';
import { tellLookFaults } from './look-faults.ts';

/** What `<viva-voce>` loads once a conversation is to be seen: the panel, and the captions of a closed one. A voice alone needs none of it. */

const words = (host: Launcher) => ({ ...panelStrings, ...microphoneStrings, ...host.words }) satisfies KnownStrings;

export type Provider = ContextProvider<typeof conversationContext, Launcher>;
export type Request = ContextEvent<typeof conversationContext>;

/** Hands the conversation down, also to those who asked for it before and are still there. */
export function provider(host: Launcher, asked: readonly Request[]): Provider {
  const made = new ContextProvider(host, { context: conversationContext, initialValue: null });
  import('../awake/attach.ts').then(({ attach }) => attach(host)).catch(reportError);
  tellLookFaults(host);
  asked.filter(({ contextTarget }) => contextTarget.isConnected).forEach(made.onContextRequest);
  return made;
}

/** What the elements inside get to know. How turns are taken stays as it began until a running conversation is over. */
export function conversation(host: Launcher, assistant: Assistant, before: Conversation | null): Conversation {
  const { phase } = assistant.state.value;
  const running = phase !== 'idle' && phase !== 'ended' && phase !== 'error';
  const kept = running && before?.assistant === assistant ? before : null;
  return {
    assistant,
    strings: words(host),
    turn: kept?.turn ?? (host.turn === 'hold' || host.turn === 'toggle' ? host.turn : 'vad'),
    voice: kept?.voice ?? host.mode !== 'chat',
    chat: Carried.of(host).wishes,
  };
}

/** Only slots that the page fills are handed on: an empty one would hide what the panel shows instead. */
const filledSlots = (host: Launcher): readonly string[] =>
  ['avatar', 'header-start', 'header-end', 'empty', 'footer'].filter(
    (name) => host.querySelector(`:scope > [slot="${name}"]`) !== null,
  );

/** The opened assistant; `fixed` = a piece of the page instead of floating over it. */
export const panel = (host: Launcher, fixed: boolean, interpreted: unknown, extras: Extras | null) =>
  html`<viva-panel
    part="panel"
    exportparts=${partNames}
    popover=${fixed ? nothing : 'manual'}
    variant=${variantNamed(host.variant)}
    placement=${placed(host.placement, getComputedStyle(host).direction)}
    density=${host.density ?? nothing}
    lang=${host.shownLanguage}
    dir=${host.shownLanguage === 'en' ? nothing : directionOf(host.shownLanguage)}
    ?gated=${extras?.gated === true}
    ?floating=${!fixed}
    ?interprets=${host.interprets}
    @close=${() => host.collapse()}
  >
    ${menu(host, extras)} ${deviceNews('notice')}
    ${filledSlots(host).map((name) => html`<slot name=${name} slot=${name}></slot>`)} ${interpreted} ${extras?.panel()}
  </viva-panel>`;

/** What can be done with the conversation as a whole. */
function menu(host: Launcher, extras: Extras | null) {
  if (host.interprets || host.variant === 'kiosk') return nothing;
  import('../chat-menu/define.ts').catch(reportError);
  return html`<viva-chat-menu
    slot="menu"
    exportparts=${partNames}
    spoken=${host.language ?? nothing}
    @choice=${({ detail }: CustomEvent<MenuChoice>) => chosen(host, detail)}
    >${extras?.menu()}</viva-chat-menu
  >`;
}

function chosen(host: Launcher, { what, which }: MenuChoice): void {
  if (what === 'save') attempt(host, async () => (await import('../chat/acts.ts')).download(host, which as TranscriptFormat));
  else if (what === 'forget') attempt(host, () => host.forget('conversation'));
  else {
    host.language = which === '' ? null : which;
    attempt(host, () => again(host));
  }
}

/** A running conversation goes on in its new language: what was said is told to the new one. */
async function again(host: Launcher): Promise<void> {
  const { phase, microphone } = host.assistant?.state.value ?? {};
  if (phase === undefined || phase === 'idle' || phase === 'ended' || phase === 'error') return;
  await host.stop();
  await host.updateComplete;
  if (microphone === 'off') return;
  await host.start();
}

/** Says what was plugged in or out. */
function deviceNews(slot?: string) {
  import('../device-news/define.ts').catch(reportError);
  return html`<viva-device-news slot=${slot ?? nothing} exportparts="device-news"></viva-device-news>`;
}

/** What stays on the screen of a running conversation while the panel is closed. */
export function closedView(host: Launcher) {
  const { cameraOn, screenOn, microphoneOpen } = words(host);
  const microphone = host.assistant?.state.value.microphone;
  const heard = microphone === 'live' || microphone === 'muted' ? microphoneOpen : '';
  const shared = [heard, host.cameraOn ? cameraOn : '', host.screenOn ? screenOn : ''].filter((word) => word !== '');
  return html`${shared.length === 0 ? nothing : html`<p part="indicator">${shared.join(' · ')}</p>`} ${deviceNews()}
    <viva-captions part="captions" exportparts="caption,caption-user,caption-agent"></viva-captions>`;
}
