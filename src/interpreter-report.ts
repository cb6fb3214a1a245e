import { deviceFacts, safeFacts } from './diagnosis-report.ts';
import type { Devices } from './session/assistant.ts';
import type { InterpreterState } from './session/interpreter.ts';

/** What a support ticket should know of an interpretation: nothing secret, nothing said in either language, not where others follow it. */
export function interpreterReport(state: InterpreterState, devices: Devices, page: Readonly<Record<string, unknown>>) {
  const { lines, room, error, notice, ...plain } = state;
  const said = lines.flatMap(({ original, translation }) => [original?.text ?? '', translation?.text ?? '']);
  return {
    ...plain,
    error: safeFacts(error, said),
    notice: safeFacts(notice, said),
    lines: lines.length,
    shared: room !== null,
    ...deviceFacts(devices),
    page,
  };
}
