import { KIOSK_POLICIES, missingPolicies } from './frame-policy.ts';
import type { DiagnosisFacts } from '../diagnosis/diagnosis-facts.ts';
import type { KeeperActs } from './keeper-view.ts';

/** What a kiosk can say of itself, put together when its keeper looks. */
export async function diagnose({ host, machinery, fullScreenMode }: KeeperActs): Promise<DiagnosisFacts> {
  const { status } = machinery;
  const { assistant } = host;
  const state = assistant?.state.value;
  return {
    secure: isSecureContext,
    missingPolicies: missingPolicies(KIOSK_POLICIES),
    devices: (assistant?.devices.value.list ?? []).map(({ kind, label }) => `${kind}: ${label}`),
    sound: status.sound,
    wakeLock: status.wakeLock,
    tokenEndsAt: state?.expiresAt ?? null,
    roundTripMs: await roundTrip(),
    heap: status.heap,
    version: new URL(import.meta.url).pathname.split('/').at(-1) ?? '',
    errors: status.errors,
    health: status.health(fullScreenMode.active),
    floorDb: status.floorDb,
    assistant: (await assistant?.diagnose()) ?? {},
  };
}

/** ms to the page's own server and back; null = it does not answer. */
async function roundTrip(): Promise<number | null> {
  const begun = performance.now();
  try {
    await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    return Math.round(performance.now() - begun);
  } catch {
    // No network is one of the things that a diagnosis tells.
    return null;
  }
}
