import type { ColumnType } from 'kysely';

/** How columns look to a query that are not written as they are read. */

/** JSON as stored: read as what it holds, written through `json()`. */
export type Json<T> = ColumnType<T, unknown, unknown>;
/** Filled by the database, never written. */
export type Derived<T> = ColumnType<T, never, never>;
/** `now()` unless written. */
export type CreatedAt = ColumnType<Date, Date | undefined, never>;
