import { describe, expect, it } from 'vitest';
import { deviceChanges, microphoneInUse } from '../../../../src/elements/devices/device-changes.ts';
import type { Device, Devices, GrantedAudio } from '../../../../src/session/assistant.ts';

const device = (kind: Device['kind'], id: string, label = id): Device => ({ kind, id, label });
const granted = (deviceId: string, label = deviceId): GrantedAudio => ({
  deviceId,
  label,
  rate: 48_000,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
});

const laptop = device('microphone', 'laptop', 'Laptop');
const headset = device('microphone', 'headset', 'Headset');
const ears = device('speaker', 'ears', 'Headset');
const some: Devices = {
  list: [laptop, headset, ears],
  microphone: null,
  speaker: null,
  camera: null,
  granted: granted('laptop', 'Laptop'),
  canChooseSpeaker: true,
};
const without: Devices = { ...some, list: [laptop] };
const words = ({ news }: ReturnType<typeof deviceChanges>) => news.map(({ what, name }) => `${what} ${name}`);

describe('what is told', () => {
  it('a headset that comes and goes is told once, though it is two devices', () => {
    expect(words(deviceChanges(without, some, {}, true))).toEqual(['added Headset']);
    expect(words(deviceChanges(some, without, {}, true))).toEqual(['removed Headset']);
  });

  it('nothing when a permission shows what was there all the time, or hides it again', () => {
    const hidden = { ...some, list: [], granted: null };
    expect(deviceChanges(null, some, {}, false).news).toEqual([]);
    expect(deviceChanges(hidden, { ...some, granted: null }, {}, false).news).toEqual([]);
    expect(deviceChanges(some, { ...some, list: [] }, {}, true).news).toEqual([]);
    const camera = { ...some, list: [...some.list, device('camera', 'c')] };
    expect(deviceChanges(some, camera, {}, true).news).toEqual([]);
  });

  it('another microphone than was chosen is told, one that somebody chose is not', () => {
    const chosen = { ...some, microphone: 'headset', granted: null };
    expect(words(deviceChanges(chosen, { ...chosen, granted: granted('laptop', 'Laptop') }, {}, true))).toEqual([
      'fallback Laptop',
    ]);
    expect(words(deviceChanges(chosen, { ...chosen, granted: granted('headset') }, {}, true))).toEqual([]);
    const first = { ...some, granted: null };
    expect(words(deviceChanges(first, some, {}, true))).toEqual([]);
  });

  it('where the browser’s own choice changes under a conversation, that is told too', () => {
    const moved = { ...some, granted: granted('default', 'Headset') };
    expect(words(deviceChanges({ ...some, granted: granted('default', 'Laptop') }, moved, {}, true))).toEqual([
      'fallback Headset',
    ]);
  });
});

describe('what is chosen', () => {
  it('a chosen device that is gone leaves the choice to the browser', () => {
    const before = { ...some, microphone: 'headset', speaker: 'ears' };
    const now = { ...before, list: [laptop] };
    expect(deviceChanges(before, now, {}, true)).toEqual({
      news: [
        { what: 'removed', kind: 'microphone', name: 'Headset' },
        { what: 'fallback', kind: 'speaker', name: '' },
      ],
      choices: [
        { kind: 'microphone', id: null },
        { kind: 'speaker', id: null },
      ],
    });
    expect(words(deviceChanges(before, now, {}, false))).toEqual(['removed Headset', 'fallback ']);
  });

  it('a device that somebody chose once is chosen when it is seen, and when it is back', () => {
    const kept = { microphone: 'headset', speaker: 'ears' };
    const both = [
      { kind: 'microphone', id: 'headset' },
      { kind: 'speaker', id: 'ears' },
    ];
    expect(deviceChanges(null, some, kept, false)).toEqual({ news: [], choices: both });
    const back = deviceChanges(without, some, kept, true);
    expect(back.choices).toEqual(both);
    expect(words(back)).toEqual(['added Headset', 'fallback Headset']);
    const shown = { ...some, list: [], granted: null };
    expect(deviceChanges(shown, { ...some, granted: null }, kept, true).choices).toEqual(both);
  });

  it('never against what is chosen now, nor a device that is not there', () => {
    expect(deviceChanges(null, { ...some, microphone: 'laptop' }, { microphone: 'headset' }, false).choices).toEqual([]);
    expect(deviceChanges(null, without, { microphone: 'headset' }, false).choices).toEqual([]);
  });
});

it('what is shown as chosen is what is in use', () => {
  const chosen = { ...some, microphone: 'headset' };
  expect(microphoneInUse(chosen, true)).toBe('laptop');
  expect(microphoneInUse(chosen, false)).toBe('headset');
  expect(microphoneInUse({ ...chosen, granted: granted('default') }, true)).toBeNull();
});
