import type { Subscription } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { acquireContext, resume } from './context.ts';

/** What an audio or video element of the page plays, as a stream; the page goes on hearing it. */

export interface ElementSound {
  /** One track that lasts, silent while the element is. */
  readonly stream: MediaStream;
  /** The element plays on as if nothing had been. */
  release(): void;
}

/** Where `captureStream` is: Chromium, and Firefox under a name of its own (which takes the sound from the page, so it is not used). */
interface Capturing extends HTMLMediaElement {
  readonly captureStream?: () => MediaStream;
}

/** An element's sound can be led into a graph once, and stays there; the context must then live as long as the page. */
const rerouted = new WeakMap<HTMLMediaElement, MediaElementAudioSourceNode>();
let routing: AudioContext | null = null;

/** Fails with `unsupported` where the browser, or the element's origin, does not let its sound be heard. */
export function soundOf(element: HTMLMediaElement): ElementSound {
  try {
    return typeof (element as Capturing).captureStream === 'function' ? captured(element) : led(element);
  } catch (cause) {
    if (cause instanceof AssistantError) throw cause;
    throw new AssistantError(
      'unsupported',
      'the sound of this element cannot be heard: another origin, or another graph has it',
      {
        cause,
        field: 'for',
      },
    );
  }
}

/** Tracks come and go with what is played, so they are mixed into one that stays. */
function captured(element: Capturing): ElementSound {
  const stream = element.captureStream?.();
  if (stream === undefined) throw new AssistantError('unsupported', 'captureStream gives nothing', { field: 'for' });
  const contexts: AudioContext[] = [];
  // Its successor, should it freeze, has another graph: the interpreter's own watch on its frames opens anew then.
  const hold: Subscription = acquireContext().subscribe((acquired) => contexts.push(acquired));
  const [graph] = contexts;
  if (graph === undefined) throw new AssistantError('unsupported', 'this browser gives no AudioContext');
  const destination = graph.createMediaStreamDestination();
  const sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();
  const join = (): void => {
    resume(graph);
    const live = stream.getAudioTracks();
    for (const [track, source] of sources) {
      if (live.includes(track)) continue;
      source.disconnect();
      sources.delete(track);
    }
    for (const track of live.filter((each) => !sources.has(each))) {
      const source = graph.createMediaStreamSource(new MediaStream([track]));
      source.connect(destination);
      sources.set(track, source);
    }
  };
  stream.addEventListener('addtrack', join);
  stream.addEventListener('removetrack', join);
  element.addEventListener('play', join);
  join();
  return {
    stream: destination.stream,
    release: () => {
      stream.removeEventListener('addtrack', join);
      stream.removeEventListener('removetrack', join);
      element.removeEventListener('play', join);
      for (const source of sources.values()) source.disconnect();
      for (const track of destination.stream.getTracks()) track.stop();
      hold.unsubscribe();
    },
  };
}

/** Led through a graph that gives it back to the page. */
function led(element: HTMLMediaElement): ElementSound {
  routing ??= new AudioContext();
  const context = routing;
  const source = rerouted.get(element) ?? context.createMediaElementSource(element);
  if (!rerouted.has(element)) {
    rerouted.set(element, source);
    source.connect(context.destination);
  }
  const sound = (): void => {
    resume(context);
  };
  sound();
  element.addEventListener('play', sound);
  const destination = context.createMediaStreamDestination();
  source.connect(destination);
  return {
    stream: destination.stream,
    release: () => {
      element.removeEventListener('play', sound);
      source.disconnect(destination);
      for (const track of destination.stream.getTracks()) track.stop();
    },
  };
}
