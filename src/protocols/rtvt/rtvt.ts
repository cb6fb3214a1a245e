import { fpnn } from './fpnn.ts';
import { gate } from './gate.ts';
import type { InterpreterProtocol, RtvtOptions } from './options.ts';

/**
 * RTVT as an operator from what a page says to what an interpreter tells. Subscribing connects, unsubscribing hangs up; it completes when
 * `uplink$` has completed and every stream is drained. Breaks are told as `reconnecting` and mended by itself, speech is kept meanwhile;
 * errors are those that no further try can mend: `token-refused` (after one try with a fresh token), `origin-refused`, `bad-option`,
 * `unsupported`, and those of `token`.
 */
export const rtvt = (options: RtvtOptions): InterpreterProtocol => (options.dialect === 'gate' ? gate(options) : fpnn(options));
