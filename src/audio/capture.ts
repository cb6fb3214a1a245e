import { map, merge, Observable, switchMap } from 'rxjs';
import type { CaptureLevel, CaptureOptions } from '../../worklets/messages.ts';
import { AssistantError } from '../shared/errors.ts';
import { eventsOf } from '../shared/events-of.ts';
import { resume } from './context.ts';
import { openProcessor, type Processor } from './processor.ts';
import type { WorkletLocation } from './worklet-urls.ts';

/** A MediaStream to frames: a port to hand to the voice path, levels for meters, and word when the microphone is gone. */

export interface CaptureRequest extends WorkletLocation {
  readonly stream: MediaStream;
  /** Hz of the frames. */
  readonly targetRate: number;
  /** 20 by default. */
  readonly frameMs?: number | undefined;
}

export interface Capture {
  /** Sends one `CaptureFrame` every `frameMs`; not started, to be transferred. */
  readonly port: MessagePort;
  /** About 16 times a second, once a second in silence. */
  readonly level$: Observable<CaptureLevel>;
}

/** Looks without a sign of life in between that mean the frames have stopped: 2 s. */
const LOOK_MS = 500;
const LOOKS = 4;

/**
 * Frames while subscribed. Emits once, and again with a new port whenever the context had to be replaced. Open the microphone first: a page
 * that records may start its context. Fails with `microphone-lost`, `worklet-failed`, `insecure-page` or `unsupported`.
 */
export function openCapture({ stream, targetRate, frameMs = 20, ...location }: CaptureRequest): Observable<Capture> {
  const processorOptions: CaptureOptions = { targetRate, frameMs };
  return openProcessor('capture', { numberOfInputs: 1, numberOfOutputs: 0, processorOptions }, location).pipe(
    switchMap((processor) => merge(listen(stream, processor), watch(stream, processor))),
  );
}

function listen(stream: MediaStream, { context, node, port }: Processor): Observable<Capture> {
  return new Observable<Capture>((subscriber) => {
    const source = context.createMediaStreamSource(stream);
    source.connect(node);
    resume(context);
    subscriber.next({ port, level$: levels(node) });
    return () => {
      source.disconnect();
    };
  });
}

function levels(node: AudioWorkletNode): Observable<CaptureLevel> {
  node.port.start();
  return eventsOf<MessageEvent<CaptureLevel>>(node.port, 'message').pipe(map(({ data }) => data));
}

/** Fails when the device is gone or the frames have stopped although the context runs. */
function watch(stream: MediaStream, { context, node }: Processor): Observable<never> {
  return new Observable<never>((subscriber) => {
    const lost = (why: string): void => {
      subscriber.error(new AssistantError('microphone-lost', why));
    };
    const track = stream.getAudioTracks()[0];
    const ended = (): void => {
      lost('the microphone was taken away');
    };
    if (track?.readyState !== 'live') {
      ended();
      return undefined;
    }
    let looks = 0;
    const beat = levels(node).subscribe(() => (looks = 0));
    // Counted, not timed: after a stall of the page the timer comes before the messages that waited with it.
    const timer = setInterval(() => {
      looks = context.state === 'running' ? looks + 1 : 0;
      if (looks > LOOKS) lost('the microphone has sent nothing for 2 s');
    }, LOOK_MS);
    track.addEventListener('ended', ended);
    return () => {
      clearInterval(timer);
      beat.unsubscribe();
      track.removeEventListener('ended', ended);
    };
  });
}
