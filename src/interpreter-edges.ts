import { catchError, defer, endWith, filter, map, NEVER, of, switchMap, throwError, type Observable } from 'rxjs';
import { decodeSound } from './audio/decode.ts';
import { canChooseSpeaker, observeDevices } from './audio/devices.ts';
import { voiceHost } from './host.ts';
import { PageSound } from './page-sound.ts';
import type { CaptionLine } from './pipelines/caption-lines.ts';
import { type Closed, reconnect } from './pipelines/reconnect.ts';
import { room, type RoomEvent, roomToken } from './protocols/livestream/room.ts';
import { request } from './protocols/http.ts';
import type { RtvtToken } from './session/interpreter/command.ts';
import { interpreterOptions, type InterpreterOptions } from './session/interpreter/options.ts';
import { InterpreterSession } from './session/interpreter/session.ts';
import type { InterpreterStage } from './session/interpreter/stage.ts';
import type { TokenReason } from './session/options.ts';
import { AssistantError } from './shared/errors.ts';

/** The interpreter's composition root: a page's options made into real devices, a real host and a real wire. */

/** An interpreter for this page. Nothing is opened or connected before `start`. Throws `bad-option` when the options cannot be meant. */
export function createInterpreter(options: InterpreterOptions): InterpreterSession {
  const plain = interpreterOptions(options);
  const { microphone = null, speaker = null } = options;
  return new InterpreterSession(stage(options), () => plain, { microphone, speaker });
}

function stage(options: InterpreterOptions): InterpreterStage {
  const sound = new PageSound(options);
  return {
    host$: voiceHost(options),
    levels$: sound.levels$,
    microphone: (rate) => sound.microphone(rate),
    speaker: () => sound.speaker(),
    token: (reason) => token(options, reason),
    decode: decodeSound,
    publish: (lines$) => publish(options, lines$),
    devices$: defer(() => observeDevices(sound.granted$)).pipe(catchError(() => of([]))),
    canChooseSpeaker: canChooseSpeaker(),
    chooseMicrophone: (id) => {
      sound.chooseMicrophone(id);
    },
    chooseSpeaker: (id) => sound.chooseSpeaker(id),
    setVolume: (gain) => {
      sound.setVolume(gain);
    },
    report: reportInterpreter,
  };
}

/** For a support ticket: of an interpretation and the page it is held in, without secrets and without speech. */
export const reportInterpreter: InterpreterStage['report'] = async (...of) =>
  (await import('./page-facts.ts')).reportInterpreter(...of);

const httpBase = ({ endpoint }: InterpreterOptions): string => endpoint.replace(/^ws/, 'http');

/** The page's own provider, else the token URL, else the gateway's. */
function token(options: InterpreterOptions, reason: TokenReason): Observable<RtvtToken> {
  const { tokenProvider, tokenUrl } = options;
  if (tokenProvider !== undefined) {
    return defer(() => tokenProvider(reason)).pipe(
      catchError((cause: unknown) => throwError(() => AssistantError.from(cause, 'token-refused'))),
    );
  }
  const url = tokenUrl ?? new URL('/auth/page-token', httpBase(options)).href;
  return request({ url, body: { for: 'rtvt' } }).pipe(map(tokenIn));
}

function tokenIn(answer: unknown): RtvtToken {
  const { pid, token: signed, ts } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof signed === 'string' && typeof pid === 'number' && typeof ts === 'number') return { pid, token: signed, ts };
  const field = typeof signed !== 'string' ? 'token' : typeof pid !== 'number' ? 'pid' : 'ts';
  throw new AssistantError('bad-message', `the token endpoint answered without ${field}`, { field });
}

/** A room of a name that nobody guesses, kept open across lost connections; whoever has the link reads along and can do nothing else. */
function publish(options: InterpreterOptions, lines$: Observable<CaptionLine>): Observable<{ room: string; link: string }> {
  const name = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, '0')).join('');
  const url = new URL('/rooms/token', httpBase(options)).href;
  const publishing$ = defer(() =>
    lines$.pipe(
      room({ endpoint: options.endpoint, room: name, token: () => roomToken({ url, room: name, publish: true }) }),
      // An end on purpose is said: whoever only completed would be connected again, at once and for ever.
      endWith<RoomEvent | Closed>({ type: 'closed' }),
    ),
  ).pipe(
    reconnect(({ type }) => type === 'joined', { random: () => Math.random(), now$: NEVER }),
    filter(({ type }) => type === 'joined'),
  );
  const link$ = roomToken({ url, room: name, publish: false }).pipe(map((reader) => linkTo(options, name, reader)));
  return publishing$.pipe(switchMap(() => link$.pipe(map((link) => ({ room: name, link })))));
}

/** The token stands behind the #, where no server writes it into a log. */
function linkTo(options: InterpreterOptions, name: string, reader: string): string {
  const link = new URL(options.followUrl ?? '/demo/pages/captions.html', httpBase(options));
  link.hash = new URLSearchParams({ room: name, token: reader }).toString();
  return link.href;
}
