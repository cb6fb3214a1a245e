import { html, nothing, type PropertyValues } from 'lit';
import { createAssistant } from '../../edges.ts';
import type { Assistant } from '../../session/assistant.ts';
import type { AssistantOptions } from '../../session/options.ts';
import { attempt } from '../attempt.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { VivaBeforeStartEvent, VivaErrorEvent } from '../events.ts';
import '../panel/define.ts';
import { partNames } from '../panel/part-names.ts';
import type { Conversation, KnownStrings } from '../session-value.ts';
import { panelStrings } from '../strings.ts';
import { HostedAssistant, type OwnAssistant } from './hosted-assistant.ts';
import { readOptions, sameOptions } from './options.ts';
import type { VivaVoce } from './viva-voce.ts';

export { report } from './report.ts';

/** What `<viva-voce>` loads once it is wanted: the panel, and the assistant that its attributes describe. */

/** An assistant for the tag; begins nothing. Each start asks the page first and follows attributes that changed since. */
export function hosted(host: VivaVoce): OwnAssistant {
  let made = read(host);
  const gated = (inner: OwnAssistant): OwnAssistant =>
    new HostedAssistant(inner, {
      admit: () => {
        const event = new VivaBeforeStartEvent(read(host));
        if (!host.dispatchEvent(event)) return null;
        if (sameOptions(event.options, made)) return inner;
        made = event.options;
        const fresh = createAssistant(made);
        host.own(gated(fresh));
        return fresh;
      },
      begun: (assistant) => {
        if (host.muted) assistant.mute(true);
        if (host.cameraOn && assistant.pictures.value.camera === null) attempt(host, () => assistant.startCamera());
      },
    });
  return gated(createAssistant(made));
}

/** The gateway is where this script came from, unless the tag says otherwise. */
function read(host: VivaVoce): AssistantOptions {
  const { options, faults } = readOptions(host, new URL(import.meta.url).origin, document.baseURI);
  for (const fault of faults) host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
  return options;
}

/** Attributes that act on a running conversation. */
export function apply(host: VivaVoce, assistant: Assistant, changed: PropertyValues<VivaVoce>): void {
  if (changed.has('muted') && host.muted !== assistant.state.value.muted) assistant.mute(host.muted);
  for (const kind of ['microphone', 'speaker', 'camera'] as const) {
    if (changed.has(kind) && host[kind] !== assistant.devices.value[kind])
      attempt(host, () => assistant.setDevice(kind, host[kind]));
  }
  const { camera, screen } = assistant.pictures.value;
  if (changed.has('cameraOn') && host.cameraOn !== (camera !== null)) {
    const off = (): void => {
      host.cameraOn = false;
    };
    if (host.cameraOn) attempt(host, () => assistant.startCamera(), off);
    else assistant.stopCamera();
  }
  if (changed.has('screenOn') && host.screenOn !== (screen !== null)) {
    const off = (): void => {
      host.screenOn = false;
    };
    if (host.screenOn) attempt(host, () => assistant.startScreen(), off);
    else assistant.stopScreen();
  }
}

const words = (host: VivaVoce): KnownStrings => ({ ...panelStrings, ...host.strings });

/** Why the attributes made no assistant. */
export const facts = (cause: unknown): ErrorFacts => AssistantError.from(cause, 'bad-option').toFacts();

export async function sentence(host: VivaVoce, { code }: ErrorFacts): Promise<string> {
  const { errorStrings } = await import('../alert/error-strings.ts');
  return words(host)[`error-${code}`] ?? errorStrings[`error-${code}`];
}

/** What the elements inside get to know. How turns are taken stays as it began until a running conversation is over. */
export function conversation(host: VivaVoce, assistant: Assistant, before: Conversation | null): Conversation {
  const { phase } = assistant.state.value;
  const running = phase !== 'idle' && phase !== 'ended' && phase !== 'error';
  const kept = running && before?.assistant === assistant ? before : null;
  return {
    assistant,
    strings: words(host),
    turn: kept?.turn ?? (host.turn === 'hold' || host.turn === 'toggle' ? host.turn : 'vad'),
    voice: kept?.voice ?? host.mode !== 'chat',
  };
}

/** Only slots that the page fills are handed on: an empty one would hide what the panel shows instead. */
const filledSlots = (host: VivaVoce): readonly string[] =>
  ['avatar', 'header-start', 'header-end', 'empty', 'footer'].filter(
    (name) => host.querySelector(`:scope > [slot="${name}"]`) !== null,
  );

/** The opened assistant; `fixed` = a piece of the page instead of floating over it. */
export const panel = (host: VivaVoce, fixed: boolean) =>
  html`<viva-panel
    part="panel"
    class=${fixed ? '' : 'float'}
    exportparts=${partNames}
    popover=${fixed ? nothing : 'manual'}
    variant=${host.variant}
    lang=${host.lang === '' ? 'en' : host.lang}
    ?floating=${!fixed}
    @close=${() => host.collapse()}
  >
    ${filledSlots(host).map((name) => html`<slot name=${name} slot=${name}></slot>`)}
  </viva-panel>`;

/** What stays on the screen of a running conversation while the panel is closed. */
export function closedView(host: VivaVoce) {
  const { cameraOn, screenOn } = words(host);
  const shared = [host.cameraOn ? cameraOn : '', host.screenOn ? screenOn : ''].filter((word) => word !== '');
  return html`${shared.length === 0 ? nothing : html`<p part="indicator">${shared.join(' · ')}</p>`}
    <viva-captions part="captions" exportparts="caption,caption-user,caption-agent"></viva-captions>`;
}
