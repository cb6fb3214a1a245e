import { EMPTY, of, Subject } from 'rxjs';
import { vi } from 'vitest';
import '../../src/define.ts';
import type { DiagnosisFacts } from '../../src/elements/diagnosis/diagnosis-facts.ts';
import { VivaBeforeStartEvent } from '../../src/elements/events.ts';
import { noTries } from '../../src/pipelines/kiosk-pin.ts';
import type { SessionState } from '../../src/session/state.ts';
import { AssistantError } from '../../src/shared/errors.ts';
import { ms } from '../../src/shared/time.ts';
import type { StreamFeedEvent } from '../../src/shared/stream-feed.ts';
import { entry } from './fake-assistant.ts';
import { deskDetail, deskStream, deskVideo, FakeDesk } from './fake-desk.ts';
import { captionLine, FakeInterpreter } from './fake-interpreter.ts';
import { FakePicture } from './fake-picture.ts';
import { fakeRecorder } from './fake-recorder.ts';
import { fakeDetail, fakeTask, FakeTasks } from './fake-tasks.ts';
import { has } from './mounted-tasks.ts';
import { everything, mount, settled, within, type Mounted } from './tag.ts';

/** Every element in what it can be seen doing: each stage puts one on the test's page with these attributes, and resolves when it stands. */

export type Stage = (attributes: Readonly<Record<string, string>>) => Promise<HTMLElement>;

const put: Element[] = [];

/** Takes what the stages put on the page off again; the tags themselves are `unmountAll`'s business. */
export function clearStages(): void {
  for (const element of put.splice(0)) element.remove();
  localStorage.clear();
  sessionStorage.clear();
}

async function rendered(root: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [root, ...everything(root)]) if ('updateComplete' in element) await element.updateComplete;
  for (const animation of everything(root).flatMap((element) => element.getAnimations()))
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
}

/** An element by itself, with these attributes, in the language and on the page of the test. */
export async function alone<N extends keyof HTMLElementTagNameMap>(
  name: N,
  attributes: Readonly<Record<string, string>>,
  prepare: (element: HTMLElementTagNameMap[N]) => void = () => undefined,
): Promise<HTMLElementTagNameMap[N]> {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  prepare(element);
  put.push(element);
  document.body.append(element);
  await rendered(element);
  return element;
}

/** Until there is such an element; `viva-x button`: in the shadow of that one. */
async function comes(tag: Element, selector: string): Promise<void> {
  await vi.waitUntil(() => has(tag, selector), { timeout: 8000 });
  await rendered(tag);
}

const talk = [
  entry('user', 'Do you deliver on Saturday?'),
  entry(
    'assistant',
    'Yes, **within twenty** kilometres: see [delivery](/delivery).\n\n- `code`\n\n| a | b |\n|--|--|\n| c | d |',
    {
      citations: [{ url: '/delivery', title: 'Delivery' }],
    },
  ),
  entry('assistant', 'It costs six', { status: 'interrupted' }),
  entry('user', 'And on', { status: 'interim' }),
];
const latency = { lastMs: ms(400), meanMs: ms(420), turns: 2 };
const listening: Partial<SessionState> = { phase: 'listening', microphone: 'live', transcript: talk, latency };
const speaking: Partial<SessionState> = { ...listening, phase: 'speaking', playing: true };
const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** A conversation in the panel, doing something. */
const panel =
  (
    own: Readonly<Record<string, string>>,
    state: Partial<SessionState>,
    then: (mounted: Mounted) => unknown = () => undefined,
  ): Stage =>
  async (attributes) => {
    const all = await mount({ open: '', ...own, ...attributes });
    all.assistant.show(state);
    await settled(all.tag);
    await then(all);
    await settled(all.tag);
    await rendered(all.tag);
    return all.tag;
  };

async function kiosk(attributes: Readonly<Record<string, string>>): Promise<Mounted> {
  const all = await mount({ variant: 'kiosk', presence: 'touch', lang: 'en', ...attributes });
  await comes(all.tag, '[part="attract-begin"]');
  return all;
}

const facts: DiagnosisFacts = {
  ...{ secure: true, missingPolicies: ['microphone'], devices: ['Desk'], sound: 'running', wakeLock: 'held', tokenEndsAt: null },
  ...{
    roundTripMs: 12,
    heap: [1e6, 2e6, 1.5e6],
    version: '0.1.0',
    errors: [{ at: 0, code: 'offline', message: 'x' }],
    floorDb: -52,
  },
  health: {
    ...{
      uptimeMs: 60_000,
      stage: 'waiting',
      phase: 'idle',
      wakeLock: 'held',
      fullScreen: false,
      microphone: 'open',
      microphoneError: null,
    },
    ...{ sound: 'running', framesPerSecond: 50, lastEventAgeMs: 10, heapBytes: 1e6, online: true, visits: 3, reconnects: 0 },
    ...{
      restarts: { microphone: 0, sound: 0, session: 0, page: 0 },
      errors: {},
      longestStallMs: 5,
      reloadWanted: null,
      reloadedFor: null,
    },
  },
  assistant: {},
};

async function question({ tag }: Mounted): Promise<void> {
  const button = document.createElement('button');
  button.textContent = 'Add to basket';
  put.push(button);
  document.body.append(button);
  const before = (): VivaBeforeStartEvent => {
    const event = new VivaBeforeStartEvent({ endpoint: 'https://gateway.example' });
    tag.dispatchEvent(event);
    return event;
  };
  await vi.waitUntil(() => before().options.tools !== undefined);
  const tools = before().options.tools ?? {};
  const signal = new AbortController().signal;
  const read = String(await tools['page_read']?.run({}, signal, 'c1'));
  const mark = /(e\d+) \w+ "Add to basket"/.exec(read)?.[1];
  // It is refused when the tag leaves the page, which is no failure of a stage.
  void Promise.allSettled([tools['page_click']?.run({ element: mark }, signal, 'c2')]);
  await comes(tag, 'viva-page-actions button');
}

const languages = { heard: ['en', 'es'], into: { en: ['es'], es: ['en'] }, spoken: ['es'], quality: 'rough' } as const;

async function player(attributes: Readonly<Record<string, string>>, live: boolean): Promise<HTMLElement> {
  const endsMs = Date.now();
  const picture = new FakePicture({ live, lengthS: 600, endsMs });
  const feed = new Subject<StreamFeedEvent>();
  const tag = await alone(
    'viva-player',
    { src: 'x.m3u8', 'stream-id': 'rts-1', 'storage-key': 'stage', ...attributes },
    (element) => {
      element.watch = picture.watch;
      element.connect = () => feed;
    },
  );
  picture.to(596);
  for (let index = 0; index < 4; index++) {
    const startMs = endsMs - 30_000 + index * 5_000;
    feed.next({
      type: 'caption',
      id: `c${index}`,
      text: 'The van is here.',
      final: true,
      language: 'en',
      startMs,
      endMs: startMs + 2000,
    });
  }
  feed.next({
    ...{ type: 'alert', id: 'a', label: 'Van', text: 'A van.', severity: 'critical', confidence: 0.8 },
    ...{ startMs: endsMs - 8000, endMs: endsMs - 8000, arrivedMs: endsMs },
  });
  tag.addChapters([{ startS: 0, endS: 300, title: 'Arrival' }]);
  await rendered(tag);
  within(tag, '.settings summary').click();
  await rendered(tag);
  return tag;
}

async function tasks(attributes: Readonly<Record<string, string>>, ...then: readonly string[]): Promise<HTMLElement> {
  const all = Array.from({ length: 5 }, (_, place) => fakeTask(place, place === 0 ? { report: '# R\n\n- [x] a\n\n`b`' } : {}));
  const desk = new FakeTasks(all, {});
  const frames = [{ number: 1, filename: 'f.png', text: 'Opening', atMs: 1000, imageUrl: null }];
  const log = ['2026-11-20 14:00:00,1 - ERROR - no', 'x'];
  desk.details.set(all[0]!.id, fakeDetail(all[0]!, { manuscript: { title: 'L', frames }, log }));
  const tag = await alone('viva-tasks', { nohash: '', ...attributes }, (element) => {
    element.connect = () => desk;
  });
  await comes(tag, '.row .name');
  for (const step of then) {
    const button = everything(tag).find(
      (element) => element.matches(step) || (element.localName === 'button' && element.textContent.trim() === step),
    );
    if (!(button instanceof HTMLElement)) throw new Error(`tasks: no ${step}`);
    button.click();
    await rendered(tag);
    if (step.startsWith('[aria')) await comes(tag, 'viva-task-report');
  }
  return tag;
}

/** Name → how it comes to be. */
export const stages: Readonly<Record<string, Stage>> = {
  launcher: async (attributes) => (await mount(attributes)).tag,
  'closed while it speaks': async (attributes) => {
    const { tag, assistant } = await mount(attributes);
    assistant.show(speaking);
    tag.cameraOn = true;
    await settled(tag);
    return tag;
  },
  'panel, answering': panel({ feedback: 'both', resizable: '', avatar: 'visualizer' }, speaking, ({ tag }) =>
    comes(tag, 'viva-answer-tools'),
  ),
  'panel, written': panel({ mode: 'chat', suggestions: '["Where are you?","When do you open?"]' }, {}, ({ tag }) =>
    comes(tag, 'viva-suggestions button'),
  ),
  'panel, error': panel({}, { phase: 'error', error: new AssistantError('microphone-denied', 'x').toFacts() }, ({ tag }) =>
    comes(tag, 'viva-alert button'),
  ),
  'panel, notice and pictures': panel(
    {},
    {
      ...listening,
      notice: new AssistantError('audio-blocked', 'x').toFacts(),
      transcript: [entry('user', 'This', { images: [dot] })],
    },
    async ({ tag, assistant }) => {
      assistant.pictures.next({ camera: new MediaStream(), screen: new MediaStream() });
      await comes(tag, 'viva-pictures video');
    },
  ),
  'panel, attachments': panel({ mode: 'chat' }, listening, async ({ tag }) => {
    const field = within(tag, 'input[type="file"]', HTMLInputElement);
    const files = new DataTransfer();
    const bytes = Uint8Array.from(atob(dot.split(',')[1] ?? ''), (letter) => letter.charCodeAt(0));
    files.items.add(new File([bytes], 'dot.gif', { type: 'image/gif' }));
    files.items.add(new File(['x'], 'letter.txt', { type: 'text/plain' }));
    field.files = files.files;
    field.dispatchEvent(new Event('change', { bubbles: true, composed: true }));
    await comes(tag, 'viva-attachments button');
  }),
  'panel, devices': panel({}, listening, async ({ tag, assistant }) => {
    assistant.devices.next({
      ...assistant.devices.value,
      list: [{ id: 'a', kind: 'microphone', label: 'Desk' }],
      granted: {
        deviceId: 'a',
        label: 'Desk',
        rate: 48000,
        echoCancellation: true,
        noiseSuppression: null,
        autoGainControl: false,
      },
    });
    within(within(tag, 'viva-panel'), 'header [aria-expanded]').click();
    await comes(tag, '[part="device-menu"]');
  }),
  'panel, menu': panel({ resume: 'session' }, listening, async ({ tag }) => {
    await comes(tag, 'viva-chat-menu button');
    within(within(tag, 'viva-chat-menu'), 'button, summary').click();
    await settled(tag);
  }),
  'panel, metrics': panel({ metrics: '', prices: '{"inputAudio":100,"outputAudio":200}' }, listening, async ({ tag }) => {
    await comes(tag, 'viva-metrics summary');
    within(within(tag, 'viva-metrics'), 'summary').click();
  }),
  'panel, keyboard': panel({ keyboard: '', mode: 'chat' }, listening, ({ tag }) => comes(tag, 'viva-keyboard [part="key"]')),
  consent: panel({ consent: 'once', 'privacy-url': '/privacy' }, {}, ({ tag }) => comes(tag, 'viva-consent button')),
  feedback: panel({ feedback: 'conversation' }, {}, async ({ tag, assistant }) => {
    await vi.waitUntil(() => {
      assistant.show(listening);
      assistant.show({ phase: 'ended', microphone: 'off', playing: false });
      tag.requestUpdate();
      return has(tag, 'viva-feedback');
    });
    await comes(tag, 'viva-feedback :is(button, input)');
  }),
  'page actions': panel({ 'page-actions': 'read click' }, listening, question),
  'interpreter in the panel': async (attributes) => {
    const { tag } = await mount({ open: '', mode: 'interpreter', ...attributes });
    await comes(tag, 'viva-interpreter button');
    return tag;
  },
  ...Object.fromEntries(
    ['compact', 'expanded', 'inline', 'full'].map((variant) => [
      `variant ${variant}`,
      panel({ variant, resizable: '' }, speaking),
    ]),
  ),
  'kiosk, waiting': async (attributes) => (await kiosk(attributes)).tag,
  'kiosk, visited': async (attributes) => {
    const { tag, assistant } = await kiosk({ keyboard: '', ...attributes });
    within(tag, '[part="attract-begin"]').click();
    await vi.waitUntil(() => assistant.asked('start').length > 0);
    assistant.show(speaking);
    await comes(tag, 'viva-kiosk-menu button');
    return tag;
  },
  'kiosk, about to go': (attributes) =>
    alone('viva-kiosk-idle', attributes, (element) => {
      element.seconds = 12;
    }),
  'kiosk, PIN': (attributes) =>
    alone('viva-kiosk-keeper', attributes, (element) => {
      element.tries = { ...noTries, wrong: 2 };
    }),
  'kiosk, keeper': async (attributes) => {
    const keeper = await alone('viva-kiosk-keeper', attributes, (element) => {
      element.admitted = true;
      element.level = of(0.2);
      element.echo = EMPTY;
      element.diagnose = () => Promise.resolve(facts);
    });
    return keeper;
  },
  captions: async (attributes) => {
    const tag = await alone('viva-captions', { source: 'pushed', 'storage-key': 'stage', ...attributes });
    tag.addCaption({ id: '1', text: 'Where is it?', language: 'en' });
    tag.addCaption({ id: '2', text: 'Over th', language: 'en', final: false });
    tag.addCaption({ id: '1', text: '¿Dónde está?', language: 'es', side: 'translation' });
    await rendered(tag);
    within(tag, '.look', HTMLDetailsElement).open = true;
    return tag;
  },
  interpreter: (attributes) =>
    alone('viva-interpreter', attributes, (element) => {
      element.interpreter = new FakeInterpreter({
        ...{ phase: 'listening', microphone: 'live', from: 'en', to: 'es', languages },
        lines: [captionLine('Where is the station?', '¿Dónde está la estación?')],
      });
    }),
  player: (attributes) => player({ panel: 'transcript', ...attributes }, true),
  'player, recorded, alerts': (attributes) => player({ panel: 'alerts', ...attributes }, false),
  alerts: async (attributes) => {
    const feed = new Subject<StreamFeedEvent>();
    const tag = await alone('viva-alerts', { 'stream-id': 'rts-1', ...attributes }, (element) => {
      element.connect = () => feed;
    });
    feed.next({
      ...{ type: 'alert', id: 'a', label: 'Van', text: 'A van.', severity: 'warning', confidence: 0.8 },
      ...{ startMs: 0, endMs: 0, arrivedMs: 0 },
    });
    await rendered(tag);
    return tag;
  },
  'a tool in HTML': async (attributes) => {
    const { tag } = await mount(attributes);
    const tool = await alone('viva-tool', { name: 'add', description: 'Adds' });
    tag.append(tool);
    await rendered(tag);
    return tag;
  },
  streams: (attributes) =>
    alone('viva-streams', attributes, (element) => {
      const desk = new FakeDesk({ streams: [deskStream()], selected: 'rts-1', detail: deskDetail(), videos: [deskVideo] });
      element.connect = () => desk;
    }),
  recorder: async (attributes) => {
    const recorder = fakeRecorder();
    const tag = await alone('viva-recorder', { record: 'microphone screen', ...attributes }, (element) => {
      element.connect = () => recorder;
    });
    await tag.start();
    const channels = [{ channel: 'mic', label: 'Desk', mime: '', state: 'recording', stream: 'rts-mic' }] as const;
    recorder.show({ phase: 'recording', link: 'up', sessionId: 'cap-1', since: Date.now(), channels });
    await rendered(tag);
    await vi.waitUntil(() => document.querySelector('viva-recording-mark') !== null);
    return tag;
  },
  tasks: (attributes) => tasks(attributes, '[aria-posinset="1"]'),
  'tasks, manuscript': (attributes) => tasks(attributes, '[aria-posinset="1"]', '#tab-manuscript'),
  'tasks, log': (attributes) => tasks(attributes, '[aria-posinset="1"]', '#tab-log'),
  'tasks, form': (attributes) => tasks(attributes, 'New task'),
  'tasks, prompts': (attributes) => tasks(attributes, 'Prompts'),
};
