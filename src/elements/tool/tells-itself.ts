import type { Tool } from '../../session/options.ts';

/** Tools whose element tells the page of a call, so that nobody else has to. */
export const tellsItself = new WeakSet<Tool>();
