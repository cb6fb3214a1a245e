import type { Device, Devices } from '../../session/assistant.ts';
import type { KeptDevices } from './kept-devices.ts';

/** What a change of the devices means: what is to be told, and what is to be chosen instead. */

type Kind = Device['kind'];

export interface DeviceNews {
  readonly what: 'added' | 'removed' | 'fallback';
  readonly kind: Kind;
  /** As the browser calls it; '' = the browser's choice, or it has no name. */
  readonly name: string;
}

export interface DeviceChanges {
  readonly news: readonly DeviceNews[];
  /** Devices to choose from now on; null = the browser's choice. */
  readonly choices: readonly { readonly kind: Kind; readonly id: string | null }[];
}

const KINDS: readonly Kind[] = ['microphone', 'speaker', 'camera'];

/** `before` null = this is the first that is known. `open`: the microphone is in use. */
export function deviceChanges(before: Devices | null, now: Devices, kept: KeptDevices, open: boolean): DeviceChanges {
  const changes = KINDS.map((kind) => ofKind(kind, before, now, kept, open));
  const news = [...changes.flatMap((each) => each.news), ...otherMicrophone(before, now)];
  // A headset is a microphone and a loudspeaker of one name.
  const told = news.filter(
    ({ what, name }, index) => news.findIndex((other) => other.what === what && other.name === name) === index,
  );
  return { news: told, choices: changes.flatMap((each) => each.choices) };
}

function ofKind(kind: Kind, before: Devices | null, now: Devices, kept: KeptDevices, open: boolean): DeviceChanges {
  const there = now.list.filter((device) => device.kind === kind);
  const remembered = there.find(({ id }) => id === kept[kind]);
  const chosen = now[kind];
  if (before === null) {
    return { news: [], choices: remembered !== undefined && chosen === null ? [{ kind, id: remembered.id }] : [] };
  }
  const former = before.list.filter((device) => device.kind === kind);
  const added = missingFrom(former, there);
  const removed = missingFrom(there, former);
  // Browsers show ids with a permission only: a list that appears or disappears as a whole is no plug that was put in or out.
  const shown = former.length > 0 || (kind !== 'camera' && before.granted !== null);
  const hidden = now.list.length === 0;
  const news = [
    ...(shown ? added : []).map(({ label }): DeviceNews => ({ what: 'added', kind, name: label })),
    ...(hidden ? [] : removed).map(({ label }): DeviceNews => ({ what: 'removed', kind, name: label })),
  ];
  if (!hidden && removed.some(({ id }) => id === chosen)) {
    // What the microphone falls back to is told when it is open again.
    const fallback: DeviceNews[] = kind === 'microphone' && open ? [] : [{ what: 'fallback', kind, name: '' }];
    return { news: [...news, ...fallback], choices: [{ kind, id: null }] };
  }
  if (remembered !== undefined && chosen === null && added.includes(remembered)) {
    const back: DeviceNews[] = shown ? [{ what: 'fallback', kind, name: remembered.label }] : [];
    return { news: [...news, ...back], choices: [{ kind, id: remembered.id }] };
  }
  return { news, choices: [] };
}

const missingFrom = (list: readonly Device[], others: readonly Device[]): readonly Device[] =>
  others.filter(({ id }) => !list.some((device) => device.id === id));

/** The browser opened another microphone than was chosen, or than it had open. */
function otherMicrophone(before: Devices | null, { granted, microphone }: Devices): readonly DeviceNews[] {
  const former = before?.granted ?? null;
  if (before === null || granted === null || granted === former || granted.deviceId === microphone) return [];
  const changed = former !== null && (former.deviceId !== granted.deviceId || former.label !== granted.label);
  return changed || (former === null && microphone !== null)
    ? [{ what: 'fallback', kind: 'microphone', name: granted.label }]
    : [];
}

/** The id of the microphone that is really in use; null = the browser's choice. */
export function microphoneInUse({ list, microphone, granted }: Devices, open: boolean): string | null {
  if (!open || granted === null) return microphone;
  return list.some(({ kind, id }) => kind === 'microphone' && id === granted.deviceId) ? granted.deviceId : null;
}
