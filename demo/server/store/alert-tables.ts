import type { Generated } from 'kysely';
import type { CreatedAt, Json } from './column-types.ts';

/** What is watched for, what fired, and what was sent of it. */

export interface EventTable {
  /** 16 hex digits */
  id: string;
  event_prompt: string;
  label: string;
  created_at: CreatedAt;
}

export interface AlertTable {
  /** 16 hex digits */
  id: string;
  index_id: string;
  event_id: string;
  /** `''` = no webhook. */
  callback_url: string;
  ws_connection_ids: Generated<string[]>;
  status: 'enabled' | 'disabled';
  /** What its event speaks of was there when it last looked. */
  present: Generated<boolean>;
  /** Scenes since in a row without it. */
  missed: Generated<number>;
  /** End of the last scene it looked at, Unix ms. */
  seen_ms: number | null;
  created_at: CreatedAt;
}

/** An alert that fired. */
export interface AlertHitTable {
  /** `event-<hex>`, what receivers deduplicate by. */
  id: string;
  alert_id: string;
  stream_id: string;
  scene_id: number | null;
  label: string;
  explanation: string;
  /** 0–1 */
  confidence: number;
  start_ms: number;
  end_ms: number;
  created_at: CreatedAt;
}

/** A webhook on its way, and how it went. */
export interface DeliveryTable {
  /** `dlv-<uuid7>` */
  id: string;
  /** `alert`, `capture_session.active`, … */
  event: string;
  /** What it tells of: an alert hit or a capture session. */
  subject_id: string;
  url: string;
  /** Of the URL, with its port. */
  host: Generated<string>;
  payload: Json<Readonly<Record<string, unknown>>>;
  status: 'pending' | 'delivered' | 'failed';
  attempts: Generated<number>;
  next_attempt_at: Date | null;
  last_status: number | null;
  last_error: string | null;
  delivered_at: Date | null;
  created_at: CreatedAt;
}
