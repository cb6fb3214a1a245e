import { Observable } from 'rxjs';
import type { CaptureChannelId } from '../../shared/capture.ts';
import type { CaptureRefusal } from '../../shared/capture-state.ts';
import { AssistantError } from '../../shared/errors.ts';
import { microphoneRefusal } from '../../shared/microphone-refusal.ts';
import { cameraRefusal } from '../camera.ts';
import { mediaDevices } from '../media-stream.ts';
import { screenRefusal } from '../screen.ts';

/** One flow of permissions for everything that is to be captured: the screen first, then microphone and camera in one question. */

export interface SourceWishes {
  /** True = the browser's default, a text = this device's id, a stream = the page's own, which is never stopped. */
  readonly microphone?: boolean | string | MediaStream;
  readonly camera?: boolean | string | MediaStream;
  readonly screen?: boolean | MediaStream;
  /** What the shared tab or screen sounds; asked for with the screen, where the browser can. */
  readonly systemAudio?: boolean | MediaStream;
  /** Goes on with what was granted. Default: one refusal ends it all. */
  readonly partial?: boolean;
}

export interface Source {
  readonly channel: CaptureChannelId;
  readonly track: MediaStreamTrack;
  /** For previews. */
  readonly stream: MediaStream;
}

export interface Sources {
  readonly sources: readonly Source[];
  readonly refusals: readonly CaptureRefusal[];
}

const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

/** Emits once what was granted; everything is let go on unsubscription. Fails with the first refusal, also when nothing was granted. */
export function openSources(wishes: SourceWishes): Observable<Sources> {
  return new Observable((subscriber) => {
    const opened: MediaStream[] = [];
    const release = (): void => {
      for (const stream of opened) for (const track of stream.getTracks()) track.stop();
    };
    const keep = (stream: MediaStream): MediaStream => {
      opened.push(stream);
      // The question was answered after nobody waited any more.
      if (subscriber.closed) release();
      return stream;
    };
    ask(wishes, keep).then(
      (granted) => {
        subscriber.next(granted);
      },
      (cause: unknown) => {
        subscriber.error(AssistantError.from(cause, 'unsupported'));
      },
    );
    return release;
  });
}

type Keep = (stream: MediaStream) => MediaStream;

async function ask(wishes: SourceWishes, keep: Keep): Promise<Sources> {
  const sources: Source[] = [];
  const refusals: CaptureRefusal[] = [];
  const refuse = (channel: CaptureChannelId, error: AssistantError): void => {
    if (wishes.partial !== true) throw error;
    refusals.push({ channel, error: error.toFacts() });
  };
  // Only a fresh press lets a page ask for the screen, and the other question may take its user long.
  await askScreen(wishes, keep, sources, refuse);
  await askDevices(wishes, keep, sources, refuse);
  const first = refusals[0];
  if (sources.length > 0) return { sources, refusals };
  if (first !== undefined) throw AssistantError.fromFacts(first.error);
  throw new AssistantError('bad-option', 'nothing is to be captured', { field: 'microphone' });
}

type Refuse = (channel: CaptureChannelId, error: AssistantError) => void;

async function askScreen(wishes: SourceWishes, keep: Keep, sources: Source[], refuse: Refuse): Promise<void> {
  const { screen = false, systemAudio = false } = wishes;
  own('screen', screen, sources);
  own('system_audio', systemAudio, sources);
  if (screen !== true && systemAudio !== true) return;
  const wanted: readonly CaptureChannelId[] = [
    ...(screen === true ? ['screen' as const] : []),
    ...(systemAudio === true ? ['system_audio' as const] : []),
  ];
  try {
    if (typeof mediaDevices().getDisplayMedia !== 'function') throw unusable('share a screen');
    const sound = systemAudio === true ? { echoCancellation: false, noiseSuppression: false, autoGainControl: false } : false;
    const constraints = {
      video: { frameRate: { ideal: 30 } },
      audio: sound,
      systemAudio: systemAudio === true ? 'include' : 'exclude',
    };
    const stream = keep(await navigator.mediaDevices.getDisplayMedia(constraints));
    const [picture] = stream.getVideoTracks();
    const [heard] = stream.getAudioTracks();
    if (screen === true && picture !== undefined) sources.push({ channel: 'screen', track: picture, stream });
    if (systemAudio === true && heard !== undefined) sources.push({ channel: 'system_audio', track: heard, stream });
    if (systemAudio === true && heard === undefined)
      refuse(
        'system_audio',
        new AssistantError('unsupported', 'what was chosen is shared without its sound', { field: 'systemAudio' }),
      );
  } catch (cause) {
    const error = screenRefusal(cause);
    for (const channel of wanted) if (!sources.some((source) => source.channel === channel)) refuse(channel, error);
  }
}

async function askDevices(wishes: SourceWishes, keep: Keep, sources: Source[], refuse: Refuse): Promise<void> {
  const { microphone = false, camera = false } = wishes;
  own('mic', microphone, sources);
  own('camera', camera, sources);
  const audio = wish(microphone, {});
  const video = wish(camera, PICTURE);
  if (audio === null && video === null) return;
  const both = audio !== null && video !== null;
  try {
    take(keep(await devices({ ...(audio === null ? {} : { audio }), ...(video === null ? {} : { video }) })), sources);
  } catch (cause) {
    if (!both) {
      if (audio === null) refuse('camera', cameraRefusal(cause));
      else refuse('mic', microphoneRefusal(cause));
      return;
    }
    // One answer for two devices does not say which: browsers remember what was refused and do not ask again.
    await devices({ audio }).then(
      (stream) => take(keep(stream), sources),
      (alone: unknown) => refuse('mic', microphoneRefusal(alone)),
    );
    await devices({ video }).then(
      (stream) => take(keep(stream), sources),
      (alone: unknown) => refuse('camera', cameraRefusal(alone)),
    );
  }
}

const wish = (asked: boolean | string | MediaStream, more: MediaTrackConstraints): MediaTrackConstraints | null => {
  if (asked === true || asked === '') return more;
  return typeof asked === 'string' ? { ...more, deviceId: { exact: asked } } : null;
};

function devices(constraints: MediaStreamConstraints): Promise<MediaStream> {
  if (typeof mediaDevices().getUserMedia !== 'function') return Promise.reject(unusable('open microphone and camera'));
  return navigator.mediaDevices.getUserMedia(constraints);
}

const unusable = (what: string): AssistantError =>
  isSecureContext
    ? new AssistantError('unsupported', `this browser cannot ${what}`)
    : new AssistantError('insecure-page', `browsers ${what} for https pages and localhost only`);

function own(channel: CaptureChannelId, given: unknown, sources: Source[]): void {
  if (!(given instanceof MediaStream)) return;
  const [track] = channel === 'mic' || channel === 'system_audio' ? given.getAudioTracks() : given.getVideoTracks();
  if (track === undefined) throw new AssistantError('bad-option', 'the stream has no such track', { field: channel });
  sources.push({ channel, track, stream: given });
}

function take(stream: MediaStream, sources: Source[]): void {
  const [heard] = stream.getAudioTracks();
  const [picture] = stream.getVideoTracks();
  if (heard !== undefined) sources.push({ channel: 'mic', track: heard, stream });
  if (picture !== undefined) sources.push({ channel: 'camera', track: picture, stream });
}
