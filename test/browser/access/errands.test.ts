import { Subject } from 'rxjs';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { StreamFeedEvent } from '../../../src/shared/stream-feed.ts';
import { alone, clearStages } from '../../support/access-stages.ts';
import { focusedName, heard, named, tabTo, tree } from '../../support/access-tree.ts';
import { entry } from '../../support/fake-assistant.ts';
import { deskDetail, deskStream, FakeDesk } from '../../support/fake-desk.ts';
import { captionLine, FakeInterpreter } from '../../support/fake-interpreter.ts';
import { FakePicture } from '../../support/fake-picture.ts';
import { fakeDetail, fakeTask, FakeTasks } from '../../support/fake-tasks.ts';
import { rendered } from '../../support/mounted-tasks.ts';
import { focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** A whole errand in each element, by keyboard alone: what is reached by which name, and every word that is said by itself, in order. */

beforeAll(() => page.viewport(1200, 900));
afterEach(() => {
  unmountAll();
  clearStages();
});

/** Nothing that can be reached is without a name. */
async function allNamed(): Promise<void> {
  const roles = [
    'button',
    'textbox',
    'searchbox',
    'combobox',
    'slider',
    'checkbox',
    'radio',
    'tab',
    'tabpanel',
    'dialog',
    'region',
  ];
  const nameless = (await tree()).filter(({ role, name }) => roles.includes(role) && name === '').map(({ role }) => role);
  expect(nameless).toEqual([]);
}

const BACK = '{Shift>}{Tab}{/Shift}';
const enter = () => userEvent.keyboard('{Enter}');

test('player: another caption language, a sentence sought, an alert read and seen, full screen, and back', async () => {
  const endsMs = Date.now();
  const picture = new FakePicture({ live: true, lengthS: 600, endsMs });
  const feed = new Subject<StreamFeedEvent>();
  const tag = await alone('viva-player', { src: 'x.m3u8', 'stream-id': 'rts-1', 'storage-key': '', lang: 'en' }, (element) => {
    element.watch = picture.watch;
    element.connect = () => feed;
  });
  const filled = vi.spyOn(tag, 'requestFullscreen').mockResolvedValue();
  picture.to(596);
  const said = heard(tag);
  feed.next({
    type: 'caption',
    id: 'c1',
    final: true,
    startMs: endsMs - 30_000,
    endMs: endsMs - 28_000,
    text: 'The van is here.',
    language: 'en',
  });
  feed.next({ type: 'caption-translation', id: 'c1', language: 'es', text: 'La furgoneta está aquí.' });
  await rendered(tag);

  await tabTo('Settings');
  await enter();
  await tabTo('Captions');
  await userEvent.keyboard('{ArrowDown}');
  await rendered(tag);
  await userEvent.keyboard('{Escape}');
  expect(focusedName()).toBe('Settings');

  await tabTo('Transcript and alerts');
  await enter();
  await rendered(tag);
  await tabTo(/La furgoneta está aquí/);
  await allNamed();
  await enter();
  await rendered(tag);
  expect(within(tag, 'video', HTMLVideoElement).currentTime).toBeCloseTo(600 - 30, 0);

  const alert = { type: 'alert', label: 'Van', text: 'A white van.', confidence: 0.8, arrivedMs: endsMs } as const;
  feed.next({ ...alert, id: 'a1', severity: 'warning', startMs: endsMs - 9000, endMs: endsMs - 9000 });
  feed.next({
    ...alert,
    id: 'a2',
    label: 'Fire',
    text: 'Smoke at the gate.',
    severity: 'critical',
    startMs: endsMs - 8000,
    endMs: endsMs - 8000,
  });
  feed.next({ ...alert, id: 'a3', label: 'Dog', text: 'A dog.', severity: 'info', startMs: endsMs - 7000, endMs: endsMs - 7000 });
  await rendered(tag);
  // Two that are not critical come one after the other, so that each is read.
  await vi.waitUntil(() => said.length === 3, { timeout: 8000 });
  expect(focusedName()).toMatch(/La furgoneta está aquí/);
  await tabTo('Transcript', BACK);
  await userEvent.keyboard('{ArrowRight}');
  await rendered(tag);
  await tabTo(/^See it: Fire/);
  await enter();
  await rendered(tag);
  expect(within(tag, 'video', HTMLVideoElement).currentTime).toBeCloseTo(600 - 8 - 2, 0);
  expect(focusedName()).toMatch(/^See it: Fire/);
  await tabTo('Full screen', BACK);
  await enter();
  expect(filled).toHaveBeenCalledOnce();
  await tabTo('Close transcript and alerts');
  await enter();
  await rendered(tag);
  expect(focusedName()).toBe('Transcript and alerts, 2 alerts');
  expect(said).toEqual(['Warning: Van. A white van.', 'Critical: Fire. Smoke at the gate.', 'Notice: Dog. A dog.']);
});

test('tasks: one is created, waited for, its report read, deleted, kept, deleted', async () => {
  const desk = new FakeTasks([fakeTask(1), fakeTask(2)], {});
  const tag = await alone('viva-tasks', { nohash: '', lang: 'en' }, (element) => {
    element.connect = () => desk;
  });
  await vi.waitUntil(() => has(tag, '.row .name'));
  const said = heard(tag);
  await tabTo('New task');
  await enter();
  await vi.waitUntil(() => has(tag, 'input[name="name"]'), { timeout: 8000 });
  await rendered(tag);
  expect(await named('dialog')).toEqual(['New task']);
  await allNamed();
  await vi.waitUntil(() => focusedName() === 'Name', { timeout: 8000 });
  await userEvent.keyboard('Rocket launch');
  await tabTo('Address of the live room or stream');
  await userEvent.keyboard('https://live.example/9');
  const made = fakeTask(0, { name: 'Rocket launch', status: 'pending' });
  desk.tasks = [made, ...desk.tasks];
  await enter();
  await vi.waitUntil(() => desk.asked('create').length === 1);
  await vi.waitUntil(() => has(tag, 'h3#title'), { timeout: 8000 });
  await rendered(tag);
  expect(focusedName()).toBe('New task');
  desk.details.set(made.id, fakeDetail(made));
  desk.tell({ ...made, status: 'completed', report: '# Report\n\nIt flew.' });
  await vi.waitUntil(() => said.length > 0, { timeout: 8000 });
  await tabTo('Report');
  await vi.waitUntil(() => has(tag, 'viva-task-report') && has(tag, 'h4'), { timeout: 8000 });
  expect((await tree()).filter(({ role }) => role === 'heading').map(({ name }) => name)).toContain('Report');
  await allNamed();
  await tabTo('Delete', BACK);
  await enter();
  await rendered(tag);
  expect(focusedName()).toBe('Keep it');
  await enter();
  await rendered(tag);
  expect(focusedName()).toBe('Delete');
  await enter();
  await rendered(tag);
  await tabTo('Delete now: Rocket launch');
  await enter();
  await rendered(tag);
  expect(desk.asked('remove')).toEqual([['remove', made.id]]);
  desk.gone(made.id);
  await rendered(tag);
  expect(focused()?.getAttribute('role')).toBe('option');
  const soon = '“Rocket launch” will be deleted.';
  expect(said).toEqual(['Rocket launch: Completed', soon, '“Rocket launch” is kept.', soon]);
});

test('streams: one is connected, heard to be live, written down and removed', async () => {
  const desk = new FakeDesk({ streams: [deskStream()], detail: deskDetail() });
  const tag = await alone('viva-streams', { lang: 'en' }, (element) => {
    element.connect = () => desk;
  });
  const said = heard(tag);
  await tabTo('Connect a stream');
  await enter();
  await rendered(tag);
  expect(focusedName()).toBe('Name');
  await userEvent.keyboard('Yard');
  await tabTo('Address');
  await userEvent.keyboard('rtsp://camera.example/yard');
  await allNamed();
  await enter();
  await vi.waitUntil(() => desk.asked('connect').length === 1);
  const made = deskStream({ id: 'rts-9', name: 'Yard', state: 'connecting' });
  desk.show({ streams: [deskStream(), made], detail: deskDetail({ streamId: 'rts-9' }) });
  await rendered(tag);
  expect(focusedName()).toBe('Connect a stream');
  desk.show({ streams: [deskStream(), { ...made, state: 'live' }] });
  await rendered(tag);
  await tabTo('Transcript');
  await tabTo('Start the transcript');
  await enter();
  await rendered(tag);
  desk.show({ detail: deskDetail({ streamId: 'rts-9', transcript: 'running', lines: [] }) });
  await rendered(tag);
  expect(focusedName()).toBe('Stop the transcript');
  await allNamed();
  await tabTo('Remove', BACK);
  await enter();
  await rendered(tag);
  expect(focusedName()).toBe('Cancel');
  expect(await named('dialog')).toEqual(['Remove “Yard” with its recording?']);
  await tabTo('Remove');
  await enter();
  await rendered(tag);
  desk.show({ streams: [deskStream()], selected: null, detail: null });
  await rendered(tag);
  expect(desk.asked('remove')).toEqual([['remove', 'rts-9']]);
  expect(focusedName()).toBe('Connect a stream');
  expect(said).toEqual(['Yard: Connecting', 'Yard: Live']);
});

test('interpreter: a pair is chosen, it begins, sentences are read once in both languages, a link is shared, it ends', async () => {
  const languages = { heard: ['en', 'es'], into: { en: ['es'], es: ['en'] }, spoken: ['es'], quality: null } as const;
  const interpreter = new FakeInterpreter({ phase: 'idle', from: 'en', to: 'es', languages });
  const tag = await alone('viva-interpreter', { lang: 'en' }, (element) => {
    element.interpreter = interpreter;
  });
  const said = heard(tag);
  await tabTo(/Swap|swap/);
  await enter();
  expect(interpreter.asked('swap')).toHaveLength(1);
  await tabTo('Start interpreting');
  await enter();
  interpreter.show({ phase: 'connecting' });
  await rendered(tag);
  interpreter.show({ phase: 'listening', microphone: 'live', lines: [] });
  await rendered(tag);
  expect(focusedName()).toBe('End');
  const half = captionLine('Where is*', null);
  interpreter.show({ lines: [half] });
  await rendered(tag);
  interpreter.show({ lines: [{ ...half, original: { text: 'Where is it?', language: 'en', final: true } }] });
  await rendered(tag);
  interpreter.show({
    lines: [
      {
        ...half,
        original: { text: 'Where is it?', language: 'en', final: true },
        translation: { text: '¿Dónde está?', language: 'es', final: true },
      },
    ],
  });
  await rendered(tag);
  interpreter.show({
    lines: [
      {
        ...half,
        original: { text: 'Where is it?', language: 'en', final: true },
        translation: { text: '¿Dónde está?', language: 'es', final: true },
      },
      captionLine('Over there.', 'Allí.'),
    ],
  });
  await rendered(tag);
  await allNamed();
  await tabTo('Let others follow');
  await enter();
  await vi.waitUntil(() => has(tag, '.share input'));
  await rendered(tag);
  expect(focusedName()).toBe('Let others follow');
  await tabTo('Link to follow');
  await tabTo('End');
  await enter();
  interpreter.show({ phase: 'ended' });
  await rendered(tag);
  expect(focusedName()).toBe('Start interpreting');
  expect(said).toEqual(['Connecting', 'Listening', 'Where is it?', '¿Dónde está?', 'Over there.', 'Allí.', 'Ended']);
});

test('kiosk: a visit by keyboard, a question in writing, another language, and the next visitor finds nothing', async () => {
  const { tag, assistant } = await mount({ variant: 'kiosk', presence: 'touch', lang: 'en', languages: 'en es' });
  await vi.waitUntil(() => has(tag, '[part="attract-begin"]'), { timeout: 5000 });
  await settled(tag);
  await tabTo('Begin');
  await enter();
  await vi.waitUntil(() => assistant.asked('start').length > 0);
  const said = heard(tag);
  assistant.show({ phase: 'listening', microphone: 'live' });
  await settled(tag);
  expect(focusedName()).toBe('End');
  const answer = entry('assistant', 'On the first floor.');
  assistant.show({ transcript: [entry('user', 'Where are the toilets?'), answer] });
  await settled(tag);
  await allNamed();
  await tabTo('English');
  await enter();
  await settled(tag);
  expect(await named('dialog')).toEqual(['English']);
  await tabTo('Español');
  await enter();
  await settled(tag);
  await vi.waitUntil(() => tag.lang === 'es');
  await settled(tag);
  expect(focusedName()).toBe('Español');
  await tabTo('Escribir un mensaje');
  await userEvent.keyboard('¿Y el ascensor?{Enter}');
  expect(assistant.asked('send')).toHaveLength(1);
  await tabTo('Terminar');
  await enter();
  await vi.waitUntil(() => has(tag, '[part="attract-begin"]'), { timeout: 5000 });
  await settled(tag);
  expect([focusedName(), tag.lang]).toEqual(['Begin', 'en']);
  expect(said).toEqual(['Listening', 'You: Where are the toilets?', 'Assistant: On the first floor.', 'Escuchando']);
  expect((await tree()).filter(({ name }) => /toilets|ascensor/.test(name))).toEqual([]);
});
