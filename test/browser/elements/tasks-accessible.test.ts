import axe from 'axe-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../../src/define.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { everything, still } from '../../support/tag.ts';
import { fakeDetail, fakeTask } from '../../support/fake-tasks.ts';
import { appears, has, many, mounted, press, rendered, unmountAll, within } from '../../support/mounted-tasks.ts';

/** `<viva-tasks>` for everybody: no fault that axe knows of in any state, targets that a thumb hits, nothing that sticks out of a telephone. */

beforeEach(() => {
  history.replaceState(null, '', location.pathname + location.search);
});
afterEach(() => {
  unmountAll();
  document.body.style.background = '';
});

const faults = async (tag: Element) => {
  await still(tag);
  const { violations } = await axe.run(tag);
  return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''} ${nodes[0]?.failureSummary ?? ''}`);
};

const filled = async (scheme = 'light') => {
  const task = fakeTask(0, { report: '# R\n\n- [x] a\n\n| h | i |\n|--|--|\n| j | [k](https://a.example) |\n\n```\ncode\n```' });
  const frames = [{ number: 1, filename: 'f.png', text: 'Opening', atMs: 1000, imageUrl: null }];
  const log = ['2026-11-20 14:00:00,1 - ERROR - no', '2026-11-20 14:00:00,1 - WARNING - hm', 'x'];
  const all = await mounted([task, ...many(40).slice(1)], {}, { 'undo-seconds': '90', 'color-scheme': scheme }, (desk) => {
    desk.details.set(task.id, fakeDetail(task, { manuscript: { title: 'L', frames }, log }));
    const working = fakeTask(3);
    desk.details.set(working.id, fakeDetail(working, { progress: { step: 'read', percentage: 40 } }));
  });
  return all;
};

test.each(['light', 'dark'] as const)('has no fault that axe knows of, %s', async (scheme) => {
  await page.viewport(1200, 900);
  document.body.style.background = scheme === 'dark' ? '#000' : '#fff';
  const { tag, desk } = await filled(scheme);
  expect(await faults(tag)).toEqual([]);
  within(tag, '[aria-posinset="4"]').click();
  await appears(tag, 'viva-task-detail .steps');
  expect(await faults(tag)).toEqual([]);
  within(tag, '[aria-posinset="1"]').click();
  await appears(tag, 'viva-task-report .report');
  await press(tag, 'Delete');
  desk.show({ reconnecting: true });
  // The colours are the same everywhere: the rest is looked at once.
  for (const view of scheme === 'dark' ? ['log'] : ['report', 'manuscript', 'log', 'about']) {
    within(tag, `#tab-${view}`).click();
    await rendered(tag);
    expect(await faults(tag), view).toEqual([]);
  }
  const forms = [
    ['New task', 'viva-task-form form'],
    ['Add a past event', 'viva-task-form textarea'],
    ['Prompts', 'viva-task-prompts form'],
  ] as const;
  for (const [name, form] of forms.slice(scheme === 'dark' ? 2 : 0)) {
    await press(tag, name);
    await appears(tag, form);
    expect(await faults(tag), name).toEqual([]);
    within(tag, 'dialog', HTMLDialogElement).close();
    await vi.waitUntil(() => !has(tag, 'dialog h2'));
  }
  desk.show({ phase: 'error', error: new AssistantError('token-refused', 'No.').toFacts() });
  await rendered(tag);
  expect(await faults(tag)).toEqual([]);
});

test.each(['ltr', 'rtl'] as const)('fits a telephone, and a thumb, %s', async (direction) => {
  await page.viewport(390, 844);
  document.documentElement.dir = direction;
  const { tag } = await filled();
  const small = () =>
    everything(tag)
      .filter(
        (element) => element.matches('button, select, summary, input, textarea, [role="option"]') && element.checkVisibility(),
      )
      .filter((element) => element.closest('viva-player') === null)
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 44 || box.height < 44))
      .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`);
  const beside = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect([small(), beside()]).toEqual([[], 0]);
  within(tag, '[aria-posinset="1"]').click();
  await appears(tag, 'viva-task-report .report');
  for (const view of ['report', 'manuscript', 'log', 'about']) {
    within(tag, `#tab-${view}`).click();
    await rendered(tag);
    expect([view, small(), beside()]).toEqual([view, [], 0]);
  }
});
