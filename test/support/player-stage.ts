import '../../src/elements/alerts/define.ts';
import '../../src/elements/player/define.ts';
import type { VivaPlayer } from '../../src/elements/player/player.ts';
import { AssistantError } from '../../src/shared/errors.ts';
import type { PlayedFragment } from '../../src/shared/player-event.ts';
import { FakePicture } from './fake-picture.ts';

/** A page on which a script fills a player, with a real recording or with a picture that only pretends to play, for somebody to look at or to measure. */

const severities = ['info', 'warning', 'critical'] as const;
const labels = ['Van at the gate', 'Door left open', 'Person on the floor', 'Slack opened'];
const said = [
  ['Good morning, the first van is at the gate.', 'Buenos días, la primera furgoneta está en la puerta.'],
  [
    'It carries the glass for the east house, and two men to fit it.',
    'Lleva el vidrio para la casa este, y dos hombres para montarlo.',
  ],
  ['Please leave the lane free until ten.', 'Por favor, dejen libre el camino hasta las diez.'],
  ['The dock door is open again.', 'La puerta del muelle está abierta otra vez.'],
] as const;

let player: VivaPlayer | null = null;
let picture: FakePicture | null = null;

const stage = () => document.querySelector('#stage') as HTMLElement;
const put = (attributes: Readonly<Record<string, string>>): VivaPlayer => {
  const tag = document.createElement('viva-player');
  for (const [name, value] of Object.entries({ 'storage-key': '', ...attributes })) tag.setAttribute(name, value);
  player = tag;
  return tag;
};

const api = {
  /** The recording of the fixtures. */
  recorded(attributes: Readonly<Record<string, string>>): void {
    const base = '/test/fixtures/hls/';
    stage().replaceChildren(
      put({
        src: `${base}master.m3u8`,
        chapters: `${base}chapters.vtt`,
        thumbnails: `${base}thumbnails.vtt`,
        muted: '',
        ...attributes,
      }),
    );
  },
  /** Something live that only pretends, `lengthS` long by now. */
  live(lengthS: number, attributes: Readonly<Record<string, string>>): void {
    picture = new FakePicture({ live: true, lengthS, endsMs: Date.now() });
    const tag = put({ src: 'live.m3u8', ...attributes });
    tag.watch = picture.watch;
    stage().replaceChildren(tag);
    picture.to(lengthS - 3);
  },
  captions(count: number, apartMs: number, endsMs = Date.now()): void {
    for (let index = 0; index < count; index++) {
      const startMs = endsMs - (count - index) * apartMs;
      const [text, spanish] = said[index % said.length] ?? said[0];
      const id = `c${index}`;
      player?.addCaption({ id, text, language: 'en', startMs, endMs: startMs + apartMs });
      player?.addTranslation({ id, text: spanish, language: 'es' });
    }
  },
  alerts(count: number, apartMs: number, endsMs = Date.now()): void {
    const listed = Array.from({ length: count }, (_, index) => ({
      id: `a${index}`,
      label: labels[index % labels.length] ?? '',
      text: 'Seen by the camera at the east gate.',
      severity: severities[index % 3] ?? 'info',
      confidence: 0.6 + (index % 4) / 10,
      startMs: endsMs - (count - index) * apartMs,
      endMs: endsMs - (count - index) * apartMs + 900,
      arrivedMs: endsMs - (count - index) * apartMs + 2_400,
    }));
    player?.desk.list(listed);
  },
  popUp(severity: (typeof severities)[number], text = 'A person lies on the floor of the east house.'): void {
    player?.addAlert({
      id: `pop-${Math.random()}`,
      label: 'Person on the floor',
      text,
      severity,
      confidence: 0.92,
      startMs: Date.now() - 4_000,
      endMs: Date.now() - 3_000,
    });
  },
  scenes(count: number, apartMs: number, endsMs = Date.now()): void {
    for (let index = 0; index < count; index++) {
      const startMs = endsMs - (count - index) * apartMs;
      const text = `Scene ${index}: a loading dock, a white van, two people in orange vests.`;
      player?.addScene({
        id: `s${index}`,
        kind: index % 2 === 0 ? 'visual' : 'audio',
        index: 'ix',
        text,
        startMs,
        endMs: startMs + apartMs,
      });
    }
  },
  source(what: 'paused' | 'failed' | 'retrying'): void {
    const error = new AssistantError('offline', 'the stream does not come').toFacts();
    if (what === 'paused') picture?.tell({ type: 'source-paused' });
    else if (what === 'failed') picture?.tell({ type: 'failed', error: new AssistantError('unsupported', 'codecs').toFacts() });
    else picture?.tell({ type: 'retrying', inMs: 8_000, error });
  },
  timeline(fragments: readonly PlayedFragment[]): void {
    picture?.tell({ type: 'timeline', live: true, fragments });
  },
  at(positionS: number): void {
    picture?.to(positionS);
  },
  player: () => player,
};

declare global {
  var playerStage: typeof api | undefined;
}

globalThis.playerStage = api;
