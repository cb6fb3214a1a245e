import { catchError, defer, Observable, switchMap } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import { acquireContext } from './context.ts';
import { workletUrl, type WorkletLocation, type WorkletName } from './worklet-urls.ts';

/** A processor of ours on the page's AudioContext, ready to be wired: its script loaded, its port connected, its death told. */

export interface Processor {
  readonly node: AudioWorkletNode;
  readonly context: AudioContext;
  /** The page's end of the channel that the processor was connected to. */
  readonly port: MessagePort;
}

const failed = (name: WorkletName, cause: unknown): AssistantError =>
  new AssistantError('worklet-failed', `the ${name} worklet cannot be used: its script was not found, or a policy refused it`, {
    cause,
  });

function load(context: AudioContext, name: WorkletName, location: WorkletLocation): Observable<void> {
  // Absent on insecure pages, whatever TypeScript's DOM says.
  const worklet = context.audioWorklet as AudioWorklet | undefined;
  if (worklet === undefined) throw new AssistantError('insecure-page', 'audio worklets need https or localhost');
  return defer(() => worklet.addModule(workletUrl(name, location))).pipe(
    catchError((cause: unknown) => {
      throw failed(name, cause);
    }),
  );
}

function connect(context: AudioContext, name: WorkletName, options: AudioWorkletNodeOptions): Observable<Processor> {
  return new Observable<Processor>((subscriber) => {
    const node = new AudioWorkletNode(context, `viva-${name}`, { ...options, channelCount: 1, channelCountMode: 'explicit' });
    const channel = new MessageChannel();
    node.port.postMessage({ type: 'connect', port: channel.port2 }, [channel.port2]);
    node.onprocessorerror = () => {
      subscriber.error(new AssistantError('worklet-failed', `the ${name} worklet stopped working`));
    };
    subscriber.next({ node, context, port: channel.port1 });
    return () => {
      node.onprocessorerror = null;
      node.port.postMessage({ type: 'stop' });
      node.port.close();
      node.disconnect();
    };
  });
}

/** Emits a processor, and a new one whenever the context had to be replaced. Fails with `worklet-failed`, `insecure-page` or `unsupported`. */
export function openProcessor(
  name: WorkletName,
  options: AudioWorkletNodeOptions,
  location: WorkletLocation,
): Observable<Processor> {
  return acquireContext().pipe(
    switchMap((context) => load(context, name, location).pipe(switchMap(() => connect(context, name, options)))),
  );
}
