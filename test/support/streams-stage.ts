import '../../src/elements/streams/define.ts';
import type { DeskDetail, DeskIndex, DeskLine } from '../../src/session/streams.ts';
import type { StreamAlert, StreamScene } from '../../src/shared/stream-feed.ts';
import { deskDetail, deskStream, deskVideo, FakeDesk } from './fake-desk.ts';

/** A page with a streams desk that shows what a busy one does, for somebody to look at. */

const NOW_MS = Date.UTC(2026, 10, 20, 9, 30);
const said = [
  'Good morning, the first van is at the gate.',
  'Please leave the lane free until ten.',
  'The dock door is open again.',
];

const lines: readonly DeskLine[] = Array.from({ length: 12 }, (_, at) => ({
  type: 'caption',
  id: `ln-${at}`,
  text: said[at % said.length] ?? '',
  final: at < 11,
  language: 'en',
  startMs: NOW_MS - (12 - at) * 4000,
  endMs: NOW_MS - (11 - at) * 4000,
  translations: at % 3 === 2 ? { es: 'La puerta del muelle está abierta otra vez.' } : {},
}));
const scenes: readonly StreamScene[] = Array.from({ length: 6 }, (_, at) => ({
  type: 'scene',
  id: `sc-${at}`,
  index: 'East gate',
  kind: 'visual',
  text: 'A van stands at the east gate; two people carry a pane of glass.',
  data: null,
  startMs: NOW_MS - at * 10_000,
  endMs: NOW_MS - at * 10_000 + 10_000,
}));
const hits: readonly StreamAlert[] = (['critical', 'warning', 'info'] as const).map((severity, at) => ({
  type: 'alert',
  id: `hit-${at}`,
  label: ['Person on the floor', 'Door left open', 'Van at the gate'][at] ?? '',
  text: 'Seen by the camera at the east gate.',
  severity,
  confidence: 0.9,
  startMs: NOW_MS - at * 60_000,
  endMs: NOW_MS - at * 60_000 + 2000,
  arrivedMs: NOW_MS - at * 60_000 + 2400,
}));
const index: DeskIndex = {
  id: 'ix-1',
  name: 'East gate',
  kind: 'visual',
  prompt: 'Describe who and what is at the gate',
  running: true,
  windows: { time: 10, frame_count: 5 },
  tier: 'basic',
};
const detail: DeskDetail = deskDetail({
  transcript: 'running',
  into: ['es'],
  lines,
  indexes: [index],
  alerts: [{ id: 'al-1', indexId: 'ix-1', eventId: 'ev-1', label: 'Person on the floor', callbackUrl: '', enabled: true }],
  scenes,
  hits,
});

const desk = new FakeDesk({
  streams: [
    deskStream({ name: 'East gate', url: 'rtsp://camera.example/east' }),
    deskStream({ id: 'rts-2', name: 'Studio', mode: 'push', url: null, pushUrl: 'rtmp://host/rts-Zk3', state: 'waiting' }),
    deskStream({ id: 'rts-3', name: 'Dock door, north side', state: 'failed', message: 'The host does not answer.' }),
    deskStream({ id: 'rts-4', name: 'Meeting room', status: 'stopped', state: 'stopped' }),
  ],
  events: [{ id: 'ev-1', label: 'Person on the floor', prompt: 'Somebody lies on the floor' }],
  videos: [deskVideo, { ...deskVideo, id: 'm-2', name: 'Dock door, Friday', lengthS: 3725 }],
  captures: [{ id: 'cap-1', status: 'stopped', of: 'ann', channels: ['mic', 'screen'], createdMs: NOW_MS, videoId: null }],
  selected: 'rts-1',
  detail,
});
desk.found = said.map((text, at) => ({
  ...{ text, score: 0.9 - at / 10, startMs: at * 61_000, endMs: at * 61_000 + 4000 },
  of: { kind: 'video', id: 'm-1', name: 'Front door - Recording' },
}));

const tag = document.createElement('viva-streams');
tag.connect = () => desk;
document.querySelector('#stage')?.append(tag);
