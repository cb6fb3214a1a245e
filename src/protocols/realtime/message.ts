import { AssistantError } from '../../shared/errors.ts';
import { serverError } from './errors.ts';
import { readEvent, type Reading } from './events.ts';

/** A raw frame to a checked event. */

/** Far above the largest event of the protocol; beyond it the server is not to be trusted, characters. */
const LONGEST = 32 * 1024 * 1024;

/** Throws `bad-message` for what is no event, and `dialect-refused` when the server says that it does not speak this dialect. */
export function readMessage(data: unknown): Reading {
  if (typeof data !== 'string') throw new AssistantError('bad-message', 'a binary frame');
  if (data.length > LONGEST) throw new AssistantError('bad-message', `${data.length} characters`);
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch (cause) {
    throw new AssistantError('bad-message', 'not JSON', { cause });
  }
  const reading = readEvent(message);
  if (reading.kind === 'event' && reading.event.type === 'error') {
    const error = serverError(reading.event.error);
    if (error.code === 'dialect-refused') throw error;
  }
  return reading;
}
