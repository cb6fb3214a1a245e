import { Observable } from 'rxjs';
import { AssistantError, type ErrorFacts } from '../shared/errors.ts';

/**
 * Cold Observables across a message port: `ask` on one side, `answer` on the other. Subscribing asks, unsubscribing drops, and what the
 * other side acquired for it is released there. Both sides of a Worker use it, and both ends of a channel within one page.
 */

/** The part of `MessagePort`, `Worker` and `DedicatedWorkerGlobalScope` that the bridge needs. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
}

/** A value to hand over, with what is transferred rather than copied. */
export interface Reply {
  readonly value: unknown;
  readonly transfer?: readonly Transferable[];
}

type Message =
  | { readonly bridge: 'ask'; readonly id: string; readonly question: unknown }
  | { readonly bridge: 'drop'; readonly id: string }
  | { readonly bridge: 'next'; readonly id: string; readonly value: unknown }
  | { readonly bridge: 'fail'; readonly id: string; readonly error: ErrorFacts }
  | { readonly bridge: 'done'; readonly id: string };

const isMessage = (data: unknown): data is Message => typeof data === 'object' && data !== null && 'bridge' in data;

let asked = 0;

/** Asks the other side; emits its replies, fails with its AssistantError, completes when it does. */
export function ask<T>(port: Port, question: unknown, transfer: readonly Transferable[] = []): Observable<T> {
  return new Observable<T>((subscriber) => {
    const id = `q${String(++asked)}`;
    const listen = ({ data }: MessageEvent<unknown>): void => {
      if (!isMessage(data) || data.id !== id) return;
      if (data.bridge === 'next') subscriber.next(data.value as T);
      else if (data.bridge === 'fail') subscriber.error(AssistantError.fromFacts(data.error));
      else if (data.bridge === 'done') subscriber.complete();
    };
    port.addEventListener('message', listen);
    port.postMessage({ bridge: 'ask', id, question } satisfies Message, [...transfer]);
    return () => {
      port.removeEventListener('message', listen);
      port.postMessage({ bridge: 'drop', id } satisfies Message, []);
    };
  });
}

/** Answers what the other side asks, until unsubscribed. `resolve` makes the cold answer to one question. */
export function answer(port: Port, resolve: (question: unknown) => Observable<Reply>): Observable<never> {
  return new Observable<never>(() => {
    const open = new Map<string, { unsubscribe(): void }>();
    const post = (message: Message, transfer: readonly Transferable[] = []): void => {
      port.postMessage(message, [...transfer]);
    };
    const listen = ({ data }: MessageEvent<unknown>): void => {
      if (!isMessage(data)) return;
      const { id } = data;
      if (data.bridge === 'drop') {
        open.get(id)?.unsubscribe();
        open.delete(id);
      } else if (data.bridge === 'ask') {
        const subscription = resolve(data.question).subscribe({
          next: ({ value, transfer }) => {
            post({ bridge: 'next', id, value }, transfer);
          },
          error: (cause: unknown) => {
            post({ bridge: 'fail', id, error: AssistantError.from(cause).toFacts() });
          },
          complete: () => {
            post({ bridge: 'done', id });
          },
        });
        if (!subscription.closed) open.set(id, subscription);
      }
    };
    port.addEventListener('message', listen);
    return () => {
      port.removeEventListener('message', listen);
      for (const subscription of open.values()) subscription.unsubscribe();
    };
  });
}
