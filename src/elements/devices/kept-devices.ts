import type { Device } from '../../session/assistant.ts';
import { read, remove, write } from '../chat/storage.ts';

/** The devices that somebody chose in this browser, by id. Nothing is kept before a choice; `forget()` of the tag deletes it. */

export type KeptDevices = Readonly<Partial<Record<Device['kind'], string>>>;

/** Name in localStorage; the tag reads the microphone there when a conversation begins. */
export const DEVICES_KEY = 'viva-voce:devices';

const KINDS = ['microphone', 'speaker', 'camera'] as const;

export function keptDevices(): KeptDevices {
  try {
    const kept = JSON.parse(read('local', DEVICES_KEY) ?? '{}') as Readonly<Record<string, unknown>> | null;
    return Object.fromEntries(KINDS.flatMap((kind) => (typeof kept?.[kind] === 'string' ? [[kind, kept[kind]]] : [])));
  } catch {
    // Somebody else's text under our name: as if nothing had been chosen.
    return {};
  }
}

/** `id` null = the choice is left to the browser again. */
export function keepDevice(kind: Device['kind'], id: string | null): void {
  const { [kind]: _former, ...others } = keptDevices();
  const kept = id === null ? others : { ...others, [kind]: id };
  if (Object.keys(kept).length === 0) remove(DEVICES_KEY);
  else write('local', DEVICES_KEY, JSON.stringify(kept));
}
