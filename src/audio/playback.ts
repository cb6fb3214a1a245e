import { map, type Observable } from 'rxjs';
import type { PlaybackCommand, PlaybackLevel } from '../../worklets/messages.ts';
import { AssistantError } from '../shared/errors.ts';
import { eventsOf } from '../shared/events-of.ts';
import { openProcessor, type Processor } from './processor.ts';
import type { WorkletLocation } from './worklet-urls.ts';

/** The sound output: a port for the voice path to play through, volume and device for the page. */

export interface Playback {
  /** Takes `PlaybackCommand`, answers `PlaybackEvent`; not started, to be transferred. */
  readonly port: MessagePort;
  /** About 16 times a second while there is sound, then once 0. */
  readonly level$: Observable<PlaybackLevel>;
  /** 0–1 */
  setVolume(gain: number): void;
  /** Moves the page's whole sound to an output; null = the default. Rejects with `unsupported` or `bad-option`. */
  setSpeaker(deviceId: string | null): Promise<void>;
}

/** Chromium's, not in every TypeScript DOM. */
type SinkContext = AudioContext & { setSinkId?(id: string): Promise<void> };

/** Sound while subscribed. Emits once, and again with a new port whenever the context had to be replaced. Fails as `openCapture` does. */
export function openPlayback(location: WorkletLocation = {}): Observable<Playback> {
  const options = { numberOfInputs: 0, numberOfOutputs: 1, outputChannelCount: [1] };
  return openProcessor('playback', options, location).pipe(map(playback));
}

function playback({ node, context, port }: Processor): Playback {
  node.connect(context.destination);
  node.port.start();
  const send = (command: PlaybackCommand): void => {
    node.port.postMessage(command);
  };
  return {
    port,
    level$: eventsOf<MessageEvent<PlaybackLevel>>(node.port, 'message').pipe(map(({ data }) => data)),
    setVolume: (gain) => {
      send({ type: 'volume', gain: Math.min(1, Math.max(0, gain)) });
    },
    setSpeaker: (deviceId) => setSink(context, deviceId ?? ''),
  };
}

/** Moves a context's sound to an output; `''` = the default. Rejects with `unsupported` or `bad-option`. */
export async function setSink(context: SinkContext, id: string): Promise<void> {
  if (context.setSinkId === undefined) {
    if (id === '') return;
    throw new AssistantError('unsupported', 'this browser cannot choose where the sound goes', { field: 'speaker' });
  }
  try {
    await context.setSinkId(id);
  } catch (cause) {
    throw new AssistantError('bad-option', 'the chosen loudspeaker is not there', { cause, field: 'speaker' });
  }
}
