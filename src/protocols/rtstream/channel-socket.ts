import { Subject, type Observable } from 'rxjs';
import type { ChannelMessage } from './channels.ts';
import { settled } from '../settled.ts';
import type { CallOptions } from '../settled.ts';

/** A channel socket with a name: what other calls take as `wsConnectionId`. */

export interface ChannelSocket {
  readonly connectionId: string;
  /** Hot: subscribe right away. Errors when trying again does not help. */
  readonly messages$: Observable<ChannelMessage>;
  close(): void;
}

/** Resolves once it stands; rejects with `AssistantError`, or with the signal's reason. */
export async function openChannelSocket(
  open: (listen: object) => Observable<ChannelMessage>,
  { signal }: CallOptions,
): Promise<ChannelSocket> {
  const messages$ = new Subject<ChannelMessage>();
  const connected$ = new Subject<string>();
  const stands = settled(connected$, signal);
  const subscription = open({}).subscribe({
    next: (message) => {
      if (message.type === 'connected') connected$.next(message.connectionId);
      messages$.next(message);
    },
    error: (cause: unknown) => {
      connected$.error(cause);
      messages$.error(cause);
    },
  });
  const close = (): void => {
    subscription.unsubscribe();
    messages$.complete();
  };
  try {
    return { connectionId: await stands, messages$: messages$.asObservable(), close };
  } catch (cause) {
    close();
    throw cause;
  }
}
