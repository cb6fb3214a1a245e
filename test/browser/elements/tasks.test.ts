import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/define.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { fakeDetail, fakeTask, taskId } from '../../support/fake-tasks.ts';
import { focused } from '../../support/tag.ts';
import { appears, fill, has, many, mounted, press, rendered, text, unmountAll, within } from '../../support/mounted-tasks.ts';

/** `<viva-tasks>`: found, made, watched, deleted with a way back; what is looked at stands in the address; nothing is shown before the service says so. */

beforeEach(async () => {
  history.replaceState(null, '', location.pathname + location.search);
  await page.viewport(1200, 900);
});
afterEach(unmountAll);

describe('what is looked at', () => {
  test('stands in the address, and back and forward lead to it', async () => {
    const { tag, desk } = await mounted(many(12));
    const selected = vi.fn<(taskId: string | null) => void>();
    tag.addEventListener('viva-task-select', ({ taskId }) => {
      selected(taskId);
    });
    within(tag, '[aria-posinset="3"]').click();
    await appears(tag, 'viva-task-detail h3');
    expect(location.hash).toBe(`#task=${taskId(2)}`);
    within(tag, '#tab-log').click();
    await rendered(tag);
    expect(location.hash).toContain('task-view=log');
    history.back();
    await vi.waitUntil(() => !location.hash.includes('log'));
    await rendered(tag);
    expect(within(tag, '[role="tab"][aria-selected="true"]').textContent.trim()).toBe('Report');
    history.back();
    await vi.waitUntil(() => desk.asked('select').length === 2);
    expect(desk.asked('select')[1]).toEqual(['select', null]);
    history.forward();
    await vi.waitUntil(() => desk.asked('select').length === 3);
    expect(selected.mock.calls).toEqual([[taskId(2)], [null], [taskId(2)]]);
  });

  test('is where a link leads: task, view, filter and row', async () => {
    history.replaceState(null, '', `#desk=tasks&task=${taskId(5)}&task-view=about&task-status=failed&task-row=300`);
    const { tag, desk } = await mounted(many(5000));
    await appears(tag, 'viva-task-detail dl');
    expect(desk.asked('find')[0]?.[1]).toMatchObject({ status: 'failed' });
    await vi.waitUntil(() => has(tag, '[aria-posinset="301"] .name'));
    expect(location.hash).toContain('desk=tasks');
  });

  test('has the focus where there is room for it alone, and gives it back', async () => {
    await page.viewport(390, 800);
    const { tag } = await mounted(many(12));
    within(tag, '[aria-posinset="3"]').focus();
    await userEvent.keyboard('{Enter}');
    await appears(tag, 'viva-task-detail h3');
    expect(within(tag, 'nav').checkVisibility()).toBe(false);
    expect(focused()?.getAttribute('part')).toBe('detail');
    within(tag, 'viva-task-detail .back').focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitUntil(() => focused()?.getAttribute('aria-posinset') === '3');
  });

  test('is nobody’s business with nohash', async () => {
    history.replaceState(null, '', `#task=${taskId(5)}`);
    const { tag, desk } = await mounted(many(12), {}, { nohash: '' });
    expect(desk.asked('select')).toEqual([]);
    within(tag, '[aria-posinset="3"]').click();
    await vi.waitUntil(() => desk.asked('select').length === 1);
    expect(location.hash).toBe(`#task=${taskId(5)}`);
  });

  test('a place on the page moves nothing', async () => {
    const { tag, desk } = await mounted(many(12));
    within(tag, '[aria-posinset="1"]').click();
    await vi.waitUntil(() => desk.asked('select').length === 1);
    location.hash = 'main';
    await new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
    expect(desk.asked('select')).toHaveLength(1);
  });
});

describe('the list', () => {
  test('has few rows in the document however many there are, each with its place', async () => {
    const { tag, desk } = await mounted(many(10_000));
    const rows = () => [...within(tag, '.list').querySelectorAll('.row')];
    expect(rows().length).toBeLessThan(40);
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000');
    within(tag, '[aria-posinset="1"]').focus();
    await userEvent.keyboard('{End}');
    await vi.waitUntil(() => focused()?.getAttribute('aria-posinset') === '10000');
    expect(rows().length).toBeLessThan(40);
    await appears(tag, '[aria-posinset="10000"] .name');
    await userEvent.keyboard('{ArrowUp}{PageUp}');
    await rendered(tag);
    const at = Number(focused()?.getAttribute('aria-posinset'));
    expect(at).toBeLessThan(9_999);
    await appears(tag, `[aria-posinset="${at}"] .name`);
    await userEvent.keyboard('{Enter}');
    expect(desk.asked('select').at(-1)).toEqual(['select', taskId(at - 1)]);
  });

  test('keeps the row with the focus when it scrolls out of sight', async () => {
    const { tag } = await mounted(many(500));
    within(tag, '[aria-posinset="2"]').focus();
    within(tag, '.list').scrollTop = 20_000;
    await vi.waitUntil(() => has(tag, '[aria-posinset="270"]'));
    expect(focused()?.getAttribute('aria-posinset')).toBe('2');
  });

  test('is narrowed by a count, found in by typing, and ordered', async () => {
    const { tag, desk } = await mounted(many(30));
    within(tag, 'viva-task-counts .failed').click();
    await vi.waitUntil(() => desk.asked('find').length === 1);
    await rendered(tag);
    fill(tag, 'search', 'launch 1', true);
    fill(tag, 'search', 'launch 11', true);
    await vi.waitUntil(() => desk.asked('find').length === 2);
    const select = within(tag, '[name="sort"]', HTMLSelectElement);
    select.selectedIndex = 2;
    select.dispatchEvent(new Event('change'));
    within(tag, '[aria-label="Descending"]').click();
    expect(desk.asked('find').map(([, query]) => query)).toEqual([
      { status: 'failed', search: '', sortBy: 'created_at', order: 'desc' },
      { status: 'failed', search: 'launch 11', sortBy: 'created_at', order: 'desc' },
      { status: 'failed', search: 'launch 11', sortBy: 'livestream_name', order: 'desc' },
      { status: 'failed', search: 'launch 11', sortBy: 'livestream_name', order: 'asc' },
    ]);
    await vi.waitUntil(() => text(tag, '.found') === '1 task');
    expect(text(tag, '.unseen[role="status"]')).toBe('1 task');
    expect(location.hash).toBe('#task-status=failed&task-search=launch+11&task-sort=livestream_name&task-order=asc');
  });

  test('shows a change when the service tells it, says a burst in one sentence, and the page hears each', async () => {
    const { tag, desk } = await mounted(many(12));
    const heard = vi.fn<(status: string) => void>();
    tag.addEventListener('viva-task-change', ({ status }) => {
      heard(status);
    });
    for (const place of [1, 2, 4]) desk.tell({ ...fakeTask(place), status: 'completed' });
    await rendered(tag);
    expect(text(tag, '[aria-posinset="2"] .status')).toBe('Completed');
    expect(text(tag, 'viva-task-counts .completed .number')).toBe('5');
    await vi.waitUntil(() => text(tag, '.unseen[role="status"]') === '3 tasks changed: 3 Completed', { timeout: 4000 });
    expect(heard).toHaveBeenCalledTimes(3);
  });
});

describe('a task', () => {
  const opened = async (task = fakeTask(1), detail = {}) => {
    history.replaceState(null, '', `#task=${task.id}`);
    const tasks = many(6).map((each) => (each.id === task.id ? task : each));
    const all = await mounted(tasks, {}, { 'undo-seconds': '60' }, (desk) => desk.details.set(task.id, fakeDetail(task, detail)));
    await appears(all.tag, 'viva-task-detail h3');
    return { ...all, task };
  };

  test('is listened to or not, and looks so only when the service says so', async () => {
    const { tag, desk, task } = await opened();
    const button = within(tag, '[part="head"] .ways button');
    button.focus();
    await press(tag, 'Stop listening');
    expect(desk.asked('listen')).toEqual([['listen', task.id, false]]);
    expect(text(tag, 'viva-task-detail .status')).toBe('Listening');
    desk.tell({ ...task, status: 'pending' });
    await rendered(tag);
    expect(text(tag, 'viva-task-detail .status')).toBe('Pending');
    expect(focused()).toBe(button);
    await press(tag, 'Start listening');
    expect(desk.asked('listen')[1]).toEqual(['listen', task.id, true]);
    desk.tell({ ...task, status: 'failed' });
    await rendered(tag);
    await press(tag, 'Analyse again');
    expect(desk.asked('analyse')).toEqual([['analyse', task.id]]);
  });

  test('tells what was refused, and goes on', async () => {
    const { tag, desk } = await opened();
    const heard = vi.fn();
    tag.addEventListener('viva-error', heard);
    desk.refuseWith = new AssistantError('bad-option', 'It is being analysed.', { field: 'status' });
    await press(tag, 'Stop listening');
    await vi.waitUntil(() => text(tag, '[role="alert"]').includes('It is being analysed.'));
    expect(heard).toHaveBeenCalledOnce();
    await press(tag, 'Dismiss');
    expect(text(tag, '[role="alert"]')).toBe('');
  });

  test('is deleted after its time, by one press less, or not at all', async () => {
    const { tag, desk, task } = await opened();
    await press(tag, 'Delete');
    expect(text(tag, `[aria-posinset="2"] .facts`)).toBe('will be deleted');
    expect(text(tag, '.unseen[role="status"]')).toBe('“Launch 1” will be deleted.');
    await press(tag, 'Keep it');
    expect(has(tag, '.undo')).toBe(false);
    await press(tag, 'Delete');
    let answer: (value?: unknown) => void = () => undefined;
    desk.answer = new Promise((resolve) => (answer = resolve));
    within(tag, '.undo .outline').focus();
    await userEvent.keyboard('{Enter}');
    await rendered(tag);
    expect(focused()?.getAttribute('role')).toBe('option');
    expect(desk.asked('remove')).toEqual([['remove', task.id]]);
    expect(text(tag, `[aria-posinset="2"] .facts`)).toBe('is being deleted');
    within(tag, '[part="head"] .ways button').focus();
    desk.gone(task.id);
    answer();
    await vi.waitUntil(() => !has(tag, 'viva-task-detail'));
    expect(location.hash).toBe('');
    await vi.waitUntil(() => focused()?.getAttribute('role') === 'option');
  });

  test('shows how far its analysis is', async () => {
    const { tag } = await opened(fakeTask(3), { progress: { step: 'read', percentage: 38 } });
    expect(text(tag, '.steps .now')).toBe('Read what is written 38 %');
    expect(within(tag, '.steps .now progress', HTMLProgressElement).value).toBe(38);
  });

  test('plays, and its manuscript leads to the moment', async () => {
    const frames = [
      { number: 1, filename: 'frame_00001.png', text: 'Opening', atMs: 0, imageUrl: null },
      { number: 2, filename: 'frame_00002.png', text: 'Prices', atMs: 83_000, imageUrl: null },
    ];
    const { tag } = await opened(fakeTask(0), { recordedUrl: '/none.mp4', manuscript: { title: 'Launch 0', frames } });
    expect(within(tag, 'viva-player').getAttribute('src')).toBe('/none.mp4');
    within(tag, '#tab-manuscript').click();
    await appears(tag, 'viva-task-manuscript li');
    const player = within(tag, 'viva-player');
    const at = vi.fn();
    Object.defineProperties(player, { currentTime: { set: at }, play: { value: () => Promise.resolve() } });
    const field = within(tag, 'viva-task-manuscript [type="search"]', HTMLInputElement);
    field.value = 'price';
    field.dispatchEvent(new Event('input'));
    await rendered(tag);
    expect(text(tag, 'viva-task-manuscript [role="status"]')).toBe('1 frame');
    await press(tag, 'Play from 1:23');
    expect(at).toHaveBeenCalledWith(83);
  });

  test('has a log that follows until somebody scrolls up, and again when asked', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `2026-11-20 14:00:00,${at} - INFO - line ${at}`);
    const { tag, desk, task } = await opened(fakeTask(3), { log: lines(100) });
    within(tag, '#tab-log').click();
    await appears(tag, 'viva-task-log li');
    const log = within(tag, 'viva-task-log [part="log"]');
    const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 2;
    await vi.waitUntil(atEnd);
    desk.show({ detail: fakeDetail(task, { log: lines(120) }) });
    await rendered(tag);
    expect(atEnd()).toBe(true);
    log.scrollTop = 40;
    await appears(tag, 'viva-task-log [part="follow"]');
    desk.show({ detail: fakeDetail(task, { log: lines(123) }) });
    await rendered(tag);
    expect(log.scrollTop).toBe(40);
    await press(tag, 'Follow again (3 new lines)');
    await vi.waitUntil(atEnd);
    expect(has(tag, 'viva-task-log [part="follow"]')).toBe(false);
  });

  test('is printed alone', async () => {
    const { tag } = await opened(fakeTask(0, { report: '# R' }));
    const beside = document.body.appendChild(document.createElement('p'));
    const printing = vi.spyOn(window, 'print').mockImplementation(() => {
      expect(beside.hasAttribute('data-viva-not-printed')).toBe(true);
      expect(within(tag, 'nav').closest('.both')?.hasAttribute('data-viva-not-printed')).toBe(false);
    });
    await press(tag, 'Print');
    expect(printing).toHaveBeenCalledOnce();
    dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('[data-viva-not-printed]')).toBeNull();
    expect(document.adoptedStyleSheets).toHaveLength(0);
    beside.remove();
  });
});

describe('the states of the whole', () => {
  test('nothing yet, and nothing that fits', async () => {
    const { tag } = await mounted([]);
    expect(text(tag, '.none h3')).toBe('No task yet.');
    unmountAll();
    const other = await mounted(many(3));
    fill(other.tag, 'search', 'zzz', true);
    await appears(other.tag, '.none');
    await press(other.tag, 'Show all');
    await appears(other.tag, '.row .name');
  });

  test.each([
    ['token-refused', 'Not allowed.'],
    ['offline', 'Not connected.'],
    ['server-error', 'The tasks cannot be shown.'],
  ] as const)('%s is told as "%s", and tried again', async (code, title) => {
    const { tag, desk, made } = await mounted([]);
    desk.show({ phase: 'error', error: new AssistantError(code, 'No.').toFacts() });
    await rendered(tag);
    expect(text(tag, '.whole h3')).toBe(title);
    await press(tag, 'Try again');
    await vi.waitUntil(() => made() === 2);
    expect(desk.asked('dispose')).toHaveLength(1);
  });

  test('what could not be read is asked for again; a lost connection is told', async () => {
    const { tag, desk } = await mounted(many(3));
    desk.show({ reconnecting: true, notice: new AssistantError('server-error', 'Half of it is missing.').toFacts() });
    await rendered(tag);
    expect(text(tag, '.note')).toContain('is being tried again');
    await press(tag, 'Try again');
    expect(desk.asked('retry')).toHaveLength(1);
    expect(has(tag, '.row .name')).toBe(true);
  });

  test('the desk is let go when the tag leaves, not when it moves', async () => {
    const { tag, desk } = await mounted(many(3));
    const other = document.body.appendChild(document.createElement('div'));
    other.append(tag);
    await rendered(tag);
    expect(desk.asked('dispose')).toEqual([]);
    tag.remove();
    await vi.waitUntil(() => desk.asked('dispose').length === 1);
    other.remove();
  });
});
