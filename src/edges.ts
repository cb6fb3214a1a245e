import { catchError, defer, distinctUntilChanged, from, map, type Observable, of, switchMap, throwError, timer } from 'rxjs';
import { contextState$, unlock } from './audio/context.ts';
import { canChooseSpeaker, observeDevices } from './audio/devices.ts';
import { voiceHost } from './host.ts';
import { PageSound } from './page-sound.ts';
import { adapterOf } from './protocols/realtime/adapters.ts';
import { tokenFromUrl } from './protocols/realtime/token-url.ts';
import type { AssistantOptions, Token, TokenReason } from './session/options.ts';
import { Session } from './session/session.ts';
import type { Stage } from './session/stage.ts';
import { voiceOptions } from './session/voice-options.ts';
import { AssistantError } from './shared/errors.ts';

/** The composition root: a page's options made into real devices, a real host and a real wire. */

/**
 * An assistant for this page. Nothing is opened or connected before `start` or `send`. Throws `bad-option` when the options cannot be
 * meant.
 */
export function createAssistant(options: AssistantOptions): Session {
  const preset = adapterOf(options.preset ?? 'gateway');
  const plain = voiceOptions(options, preset.url);
  const { microphone = null, speaker = null, camera = null } = options;
  return new Session(stage(options), () => plain, { microphone, speaker, camera });
}

/** A context may rest for a moment while the permission is asked for; later than this it is being held back, ms. */
const BLOCKED_AFTER_MS = 1_500;

const soundBlocked$ = contextState$.pipe(
  switchMap((state) =>
    state === 'suspended' || state === 'interrupted' ? timer(BLOCKED_AFTER_MS).pipe(map(() => true)) : of(false),
  ),
);

function stage(options: AssistantOptions): Stage {
  const sound = new PageSound(options);
  return {
    host$: voiceHost(options),
    levels$: sound.levels$,
    soundBlocked$: soundBlocked$.pipe(distinctUntilChanged()),
    canChooseSpeaker: canChooseSpeaker(),
    devices$: defer(() => observeDevices(sound.granted$)).pipe(catchError(() => of([]))),
    microphone: (rate) => sound.microphone(rate),
    speaker: () => sound.speaker(),
    camera: (deviceId) => from(import('./video/camera.ts')).pipe(switchMap(({ openCamera }) => openCamera(deviceId))),
    screen: () => from(import('./video/screen.ts')).pipe(switchMap(({ openScreen }) => openScreen())),
    still: (stream) => from(import('./video/frames.ts')).pipe(switchMap(({ still }) => still(stream as MediaStream))),
    token: (reason) => token(options, reason),
    tool: (call) => from(import('./session/tools.ts')).pipe(switchMap(({ runTool }) => runTool(options.tools ?? {}, call))),
    chooseMicrophone: (id) => {
      sound.chooseMicrophone(id);
    },
    chooseSpeaker: (id) => sound.chooseSpeaker(id),
    setVolume: (gain) => {
      sound.setVolume(gain);
    },
    unlock,
    report: async (...of) => (await import('./page-facts.ts')).report(...of),
    newId,
  };
}

/** 96 random bits; `randomUUID` is missing on insecure pages, where typed conversations work all the same. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `viva_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The page's own provider, else the token URL, else the gateway's. */
function token(options: AssistantOptions, reason: TokenReason): Observable<Token> {
  const { tokenProvider, tokenUrl, endpoint } = options;
  if (tokenProvider !== undefined) {
    return defer(() => tokenProvider(reason)).pipe(
      catchError((cause: unknown) => throwError(() => AssistantError.from(cause, 'token-refused'))),
    );
  }
  const httpBase = endpoint.replace(/^ws/, 'http');
  return tokenFromUrl(tokenUrl ?? new URL('/auth/page-token', httpBase).href);
}
