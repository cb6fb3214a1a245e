import { catchError, defer, map, merge, of, take, timer, type Observable } from 'rxjs';
import { AssistantError } from '../shared/errors.ts';
import type { Tool } from './options.ts';

/** Tools of the page, run when the assistant calls: every outcome is told to it as text. */

type Tools = Readonly<Record<string, Tool>>;

/** A tool that has not answered by then is given up, ms. */
const TIMEOUT_MS = 20_000;

/** Runs `call.name` with the JSON in `call.input`; emits its result (or what went wrong) as one string and never fails. */
export function runTool(
  tools: Tools,
  call: { readonly name: string; readonly input: string; readonly callId?: string },
): Observable<string> {
  return defer(() => {
    const tool = Object.hasOwn(tools, call.name) ? tools[call.name] : undefined;
    if (tool === undefined) throw new AssistantError('tool-failed', `there is no tool named ${call.name}`);
    const abort = new AbortController();
    const input = parse(call.input);
    const late$ = timer(tool.timeoutMs ?? TIMEOUT_MS).pipe(
      map((): never => {
        abort.abort();
        throw new AssistantError('timed-out', `the tool ${call.name} did not answer in time`);
      }),
    );
    const result$ = defer(() => Promise.resolve(tool.run(input, abort.signal, call.callId)));
    return merge(result$, late$).pipe(take(1), map(asText));
  }).pipe(catchError((cause: unknown) => of(JSON.stringify({ error: AssistantError.from(cause, 'tool-failed').message }))));
}

function parse(input: string): Readonly<Record<string, unknown>> {
  const value: unknown = input.trim() === '' ? {} : JSON.parse(input);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AssistantError('tool-failed', 'the arguments are not a JSON object');
  }
  return { ...value };
}

/** `undefined` has no JSON, whatever TypeScript says of `stringify`. */
const asText = (result: unknown): string => {
  if (result === undefined) return 'done';
  return typeof result === 'string' ? result : JSON.stringify(result);
};
