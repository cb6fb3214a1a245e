import { AssistantError } from '../../shared/errors.ts';
import { complaintIn, statusCode } from '../http.ts';

/** What the service says of a call that it refuses: `{detail, code, field}` (spec §Rules), with the HTTP status in the error's cause. */
export function livestreamRefusal(status: number, body: unknown): AssistantError {
  const { detail, code, field } = (typeof body === 'object' ? (body ?? {}) : {}) as Readonly<Record<string, unknown>>;
  const said = typeof detail === 'string' ? detail : complaintIn(body);
  return new AssistantError(statusCode(status), `${status} ${said}`.trim(), {
    cause: { status, code },
    ...(typeof field === 'string' ? { field } : {}),
  });
}
