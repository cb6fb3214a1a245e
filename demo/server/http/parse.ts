import type { z } from 'zod';
import { faultFromZod } from '../realtime/fault-from-zod.ts';

/** A request's body as its schema says; an absent one is `{}`. Throws a `RealtimeFault` that names the field. */
export function parse<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body ?? {}, { reportInput: true });
  if (!parsed.success) throw faultFromZod(parsed.error, '');
  return parsed.data;
}
