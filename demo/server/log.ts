import { pino } from 'pino';
import type { DestinationStream, LogFn, Logger } from 'pino';
import type { Config } from './config.ts';

/** Structured logs that hold no secret and nothing that anybody said. */

/** Paths that are blanked wherever they turn up. */
const SECRETS = [
  'authorization',
  'cookie',
  'apiKey',
  'value',
  'audio',
  'transcript',
  'text',
  'instructions',
  'headers',
  '*.authorization',
  '*.cookie',
  '*.apiKey',
  '*.value',
  '*.audio',
  '*.transcript',
  '*.text',
  '*.instructions',
  '*.headers',
];

/**
 * The message of an error may quote what was said or sent; its name, code and place in the code do not. Engines and the system word
 * their own messages.
 */
function describeError(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) return { name: typeof cause };
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const ours = cause.name.startsWith('Engine') || 'syscall' in cause;
  return {
    name: cause.name,
    ...('code' in cause ? { code: cause.code } : {}),
    ...(ours ? { message: cause.message.slice(0, 300) } : {}),
    at: frames.slice(0, 6).map((line) => line.trim()),
    ...(cause.cause === undefined ? {} : { cause: describeError(cause.cause) }),
  };
}

/** Without words of its own a line would get those of its error. */
function wordless(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  if (args.length === 1 && typeof args[0] === 'object') method.call(this, args[0], 'failed');
  else method.apply(this, args);
}

/** `sink`: default the standard error output; what goes to standard output is for tools. */
export function createLog(config: Pick<Config, 'logLevel'>, sink: DestinationStream = pino.destination(2)): Logger {
  const redact = { paths: SECRETS, censor: '[hidden]' };
  return pino({ level: config.logLevel, redact, serializers: { err: describeError }, hooks: { logMethod: wordless } }, sink);
}
