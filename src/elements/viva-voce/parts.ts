import type { PropertyValues } from 'lit';
import { createAssistant } from '../../edges.ts';
import type { Assistant } from '../../session/assistant.ts';
import type { AssistantOptions } from '../../session/options.ts';
import { attempt } from '../attempt.ts';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import { VivaBeforeStartEvent, VivaErrorEvent } from '../events.ts';
import { hostedAssistant, type OwnAssistant } from './hosted-assistant.ts';
import { readOptions, sameOptions } from './options.ts';
import type { Launcher } from './launcher.ts';

export { report } from './report.ts';

/** What `<viva-voce>` loads once a conversation is wanted: the assistant that its attributes describe; what shows it is in `shell.ts`. */

/** An assistant for the tag; begins nothing. Each start asks the page first and follows attributes that changed since. */
export function hosted(host: Launcher): OwnAssistant {
  let made = read(host);
  const gated = (inner: OwnAssistant): OwnAssistant =>
    hostedAssistant(inner, {
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
function read(host: Launcher): AssistantOptions {
  const { options, faults } = readOptions(host, new URL(import.meta.url).origin, document.baseURI);
  for (const fault of faults) host.dispatchEvent(new VivaErrorEvent(fault.toFacts()));
  return { microphone: chosenBefore(), ...options };
}

/** What somebody chose in `<viva-devices>`, which keeps it. */
function chosenBefore(): string | null {
  try {
    const { microphone } = JSON.parse(localStorage.getItem('viva-voce:devices') ?? '{}') as { readonly microphone?: unknown };
    return typeof microphone === 'string' ? microphone : null;
  } catch {
    // A browser that keeps nothing for this page.
    return null;
  }
}

/** Attributes that act on a running conversation; while that is shut off, whoever did so looks after the pictures. */
export function apply(host: Launcher, assistant: Assistant, changed: PropertyValues<Launcher>, gated?: boolean): void {
  if (changed.has('muted') && host.muted !== assistant.state.value.muted) assistant.mute(host.muted);
  for (const kind of ['microphone', 'speaker', 'camera'] as const) {
    if (changed.has(kind) && host[kind] !== assistant.devices.value[kind])
      attempt(host, () => assistant.setDevice(kind, host[kind]));
  }
  for (const [name, kind] of [
    ['Camera', 'camera'],
    ['Screen', 'screen'],
  ] as const) {
    const flag = `${kind}On` as const;
    if (!changed.has(flag) || host[flag] === (assistant.pictures.value[kind] !== null)) continue;
    if (!host[flag]) assistant[`stop${name}`]();
    else if (!gated)
      attempt(
        host,
        () => assistant[`start${name}`](),
        () => {
          host[flag] = false;
        },
      );
  }
}

/** Why the attributes made no assistant. */
export const facts = (cause: unknown): ErrorFacts => AssistantError.from(cause, 'bad-option').toFacts();

export async function sentence(host: Launcher, { code }: ErrorFacts): Promise<string> {
  const { errorStrings } = await import('../alert/error-strings.ts');
  return host.words[`error-${code}`] ?? errorStrings[`error-${code}`];
}
