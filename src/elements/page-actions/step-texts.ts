/** What steps on the page were, in words, by the call they answered: the transcript says these instead of a tool's name. */

/** More than a transcript holds. */
const MOST = 600;

const texts = new Map<string, string>();

export function tellStep(callId: string, text: string): void {
  texts.set(callId, text);
  const oldest = texts.keys().next().value;
  if (texts.size > MOST && oldest !== undefined) texts.delete(oldest);
}

export const stepText = (callId: string): string | undefined => texts.get(callId);
