import type { Assistant } from '../../session/assistant.ts';

/** What an assistant would open, or show to somebody, when a page asks it past its tag: all of it waits for the same answer. */

const guarded = new WeakSet<Assistant>();

/** Who says whether something may begin. */
export interface Admission {
  readonly gated: boolean;
  /** Rejects when it may not. */
  admit(): Promise<void>;
}

/**
 * From now on and for good; called twice it does nothing. `start` is for assistants that ask nobody themselves before they begin: the tag's
 * own conversation does, by `viva-before-start`, which the admission vetoes.
 */
export function guard(assistant: Assistant, admission: Admission, start: boolean): void {
  if (guarded.has(assistant)) return;
  guarded.add(assistant);
  const admitted =
    <W extends readonly unknown[]>(wish: (...wished: W) => Promise<void>) =>
    async (...wished: W): Promise<void> => {
      await admission.admit();
      await wish(...wished);
    };
  const retry = assistant.retry.bind(assistant);
  assistant.startCamera = admitted(assistant.startCamera.bind(assistant));
  assistant.startScreen = admitted(assistant.startScreen.bind(assistant));
  assistant.snapshot = admitted(assistant.snapshot.bind(assistant));
  if (start) assistant.start = admitted(assistant.start.bind(assistant));
  // Nobody waits for it, and nothing is to be tried again before somebody agreed.
  assistant.retry = () => {
    if (!admission.gated) retry();
  };
}
