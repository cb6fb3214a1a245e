import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';

/** A value for a `jsonb` column: the clients would write an array as a PostgreSQL array otherwise. */
export const json = (value: unknown): RawBuilder<string> => sql`${JSON.stringify(value)}::jsonb`;
