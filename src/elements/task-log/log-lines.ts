/** A task's log lines, taken apart for the eye. Pure. */

export interface LogLine {
  /** `2025-10-23 10:00:00,123`; '' = the line has none. */
  readonly time: string;
  readonly level: 'debug' | 'info' | 'warning' | 'error' | '';
  readonly text: string;
}

const SHAPE = /^(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(?:[,.]\d+)?Z?) - (DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL) - ([^]*)$/;

const levels: Readonly<Record<string, LogLine['level']>> = {
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warning',
  WARNING: 'warning',
  ERROR: 'error',
  CRITICAL: 'error',
};

/** What has another shape is text as it is. */
export function logLine(line: string): LogLine {
  const [, time = '', level = '', text = line] = SHAPE.exec(line) ?? [];
  return { time, level: levels[level] ?? '', text };
}

/** How many of `lines` came after `last`, the newest that was seen; all where it is not among them any more. */
export function linesAfter(lines: readonly string[], last: string | null): number {
  if (last === null) return lines.length;
  const at = lines.lastIndexOf(last);
  return at === -1 ? lines.length : lines.length - 1 - at;
}
