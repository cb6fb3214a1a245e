import type { Assistant } from '../session/assistant.ts';
import { AssistantError } from '../shared/errors.ts';
import { VivaErrorEvent } from './events.ts';

/**
 * For wishes that a press of a button makes and nobody awaits. A failure that the session's state already shows needs no more; another
 * one is told by a `viva-error` event, which the panel shows and the page hears. A veto of the page (`AbortError`) is no failure. Anything
 * else is a fault of ours and goes where uncaught errors go. `undo` runs after every failure.
 */
export function attempt(
  element: HTMLElement & { readonly assistant: Assistant | null },
  wish: (assistant: Assistant) => Promise<unknown>,
  undo?: () => void,
): void {
  const { assistant } = element;
  if (assistant === null) return;
  wish(assistant).catch((cause: unknown) => {
    undo?.();
    if (cause instanceof DOMException && cause.name === 'AbortError') return;
    if (!(cause instanceof AssistantError)) {
      reportError(cause);
      return;
    }
    const { error, notice } = assistant.state.value;
    if (error?.code === cause.code || notice?.code === cause.code) return;
    element.dispatchEvent(new VivaErrorEvent(cause.toFacts()));
  });
}
