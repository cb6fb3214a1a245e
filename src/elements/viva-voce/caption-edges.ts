import { createCaptions } from '../../caption-edges.ts';
import { createInterpreter } from '../../interpreter-edges.ts';
import type { Interpreter } from '../../session/interpreter.ts';
import type { ConnectCaptions } from '../captions/caption-wishes.ts';
import { keptDevices } from '../devices/kept-devices.ts';
import type { InterpreterWishes } from '../interpreter/interpreter-properties.ts';

export { reportInterpreter } from '../../interpreter-edges.ts';

/**
 * What `<viva-captions>` and `<viva-interpreter>` load when they are to begin; the gateway is where this script came from, the microphone the
 * one that was chosen before.
 */
export const connectCaptions: ConnectCaptions = (wishes) =>
  createCaptions({ ...wishes, endpoint: endpointOf(wishes.endpoint), microphone: keptDevices().microphone ?? null });

const endpointOf = (endpoint: string | null): string =>
  endpoint === null ? new URL(import.meta.url).origin : new URL(endpoint, document.baseURI).href.replace(/\/$/, '');

export const connectInterpreter = ({ endpoint, from, to, tokenUrl, tokenProvider, turn }: InterpreterWishes): Interpreter =>
  createInterpreter({
    endpoint: endpointOf(endpoint),
    to,
    turn,
    microphone: keptDevices().microphone ?? null,
    ...(from === null ? {} : { from }),
    ...(tokenUrl === null ? {} : { tokenUrl }),
    ...(tokenProvider === null ? {} : { tokenProvider }),
  });
