import { take } from 'rxjs';
import { contextState$, type ContextState } from './audio/context.ts';
import { diagnosisReport } from './diagnosis-report.ts';
import { interpreterReport } from './interpreter-report.ts';
import type { Devices } from './session/assistant.ts';
import type { InterpreterState } from './session/interpreter.ts';
import type { SessionState } from './session/state.ts';

/** What a support ticket should know: of the conversation, and of the page it is held in. */
export const report = async (state: SessionState, devices: Devices): Promise<Readonly<Record<string, unknown>>> =>
  diagnosisReport(state, devices, await pageFacts());

/** The same of an interpretation. */
export const reportInterpreter = async (state: InterpreterState, devices: Devices): Promise<Readonly<Record<string, unknown>>> =>
  interpreterReport(state, devices, await pageFacts());

/** Chromium only, and not in TypeScript's DOM. */
interface FeaturePolicyDocument {
  readonly featurePolicy?: { features(): readonly string[]; allowsFeature(name: string): boolean };
}

const POLICIES = ['microphone', 'camera', 'display-capture', 'autoplay', 'fullscreen', 'screen-wake-lock', 'speaker-selection'];

async function pageFacts(): Promise<Readonly<Record<string, unknown>>> {
  const { featurePolicy } = document as FeaturePolicyDocument;
  return {
    secure: isSecureContext,
    online: navigator.onLine,
    visible: document.visibilityState,
    framed: self !== top,
    language: navigator.language,
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    script: new URL(import.meta.url).pathname.split('/').at(-1),
    permissions: Object.fromEntries(
      await Promise.all(['microphone', 'camera'].map(async (name) => [name, await permission(name)])),
    ),
    policy: Object.fromEntries(POLICIES.map((name) => [name, allowed(featurePolicy, name)])),
    audio: { state: soundState(), worklet: 'AudioWorkletNode' in globalThis, sinkId: canSink() },
    storage: canStore(),
  };
}

async function permission(name: string): Promise<string> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return 'not told';
  }
}

const allowed = (policy: FeaturePolicyDocument['featurePolicy'], name: string): boolean | 'not told' =>
  policy?.features().includes(name) === true ? policy.allowsFeature(name) : 'not told';

function soundState(): ContextState {
  let state: ContextState = 'none';
  contextState$.pipe(take(1)).subscribe((now) => (state = now));
  return state;
}

const canSink = (): boolean => typeof AudioContext === 'function' && 'setSinkId' in AudioContext.prototype;

/** A browser may refuse the mere touch. Nothing is written. */
function canStore(): boolean {
  try {
    return localStorage.length >= 0;
  } catch {
    return false;
  }
}
