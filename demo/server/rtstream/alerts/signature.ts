import { createHmac } from 'node:crypto';

/**
 * Signatures of webhooks as the Standard Webhooks specification has them (standardwebhooks.com), so that its libraries check them:
 * HMAC-SHA256 over `id.timestamp.body`, base64, version `v1`.
 */

export interface Signed {
  readonly 'webhook-id': string;
  /** Unix s */
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** `secret`: `whsec_<base64 of the key>`, or any text, whose UTF-8 is the key then. */
export function signedHeaders(secret: string, id: string, body: string, now: Date): Signed {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${digest(secret, id, timestamp, body)}` };
}

const digest = (secret: string, id: string, timestamp: string, body: string): string =>
  createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');

const keyOf = (secret: string): Buffer =>
  secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret, 'utf8');
