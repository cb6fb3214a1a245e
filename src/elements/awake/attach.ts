import { SessionValue } from '../session-value.ts';
import type { Launcher } from '../viva-voce/launcher.ts';
import { Awake } from './awake.ts';

const LIVE = new Set(['listening', 'thinking', 'speaking', 'reconnecting']);

/** The screen stays awake while a tag's conversation is spoken; who writes touches it anyway, and a kiosk holds it for itself all day. */
export function attach(host: Launcher): void {
  const spoken = new SessionValue(host, ({ phase, microphone }) => microphone !== 'off' && LIVE.has(phase));
  new Awake(host, () => spoken.value && host.isConnected && host.variant !== 'kiosk');
}
