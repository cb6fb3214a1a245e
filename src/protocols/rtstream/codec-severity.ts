import type { AlertSeverity } from '../../shared/stream-feed.ts';

/** How bad an alert is, as its event says: `critical: smoke in the hall` as label or prompt. */

const PREFIX = /^\s*\[?(info|warning|critical)\b\s*[\]:]/i;

const isSeverity = (word: unknown): word is AlertSeverity => word === 'info' || word === 'warning' || word === 'critical';

/** Told outright, else by the prefix of the label, else by that of the prompt (or what is told of it); `info` when nothing says more. */
export function severityOf(label: string, prompt: string, told: unknown = null): AlertSeverity {
  const word = typeof told === 'string' ? told.toLowerCase() : told;
  if (isSeverity(word)) return word;
  const prefix = (PREFIX.exec(label) ?? PREFIX.exec(prompt))?.[1]?.toLowerCase();
  return isSeverity(prefix) ? prefix : 'info';
}
