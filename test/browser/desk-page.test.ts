import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';

/** The live desk's page: two tabs, of which the address knows the one that is seen. */

const tabs = document.createElement('div');

beforeAll(async () => {
  const tab = (name: string) =>
    Object.assign(document.createElement('button'), { id: `desk-${name}`, textContent: name, ariaSelected: 'false' });
  const list = document.createElement('div');
  for (const name of ['streams', 'tasks']) {
    const button = tab(name);
    button.setAttribute('role', 'tab');
    button.setAttribute('aria-controls', name);
    list.append(button);
    const panel = Object.assign(document.createElement('div'), { id: name });
    tabs.append(panel);
  }
  tabs.className = 'desks';
  tabs.prepend(list);
  document.body.append(tabs);
  history.replaceState(null, '', '#task=x&task-view=log');
  await import('../../demo/pages/desk.ts');
});
afterAll(() => {
  tabs.remove();
  history.replaceState(null, '', location.pathname + location.search);
});

const seen = () => ['streams', 'tasks'].filter((name) => document.getElementById(name)?.hidden === false);
const selected = () => tabs.querySelector('[aria-selected="true"]')?.id;

test('a link to a task leads to the tasks; arrows, Home and back move between the desks, and the task stays in the address', async () => {
  expect(seen()).toEqual(['tasks']);
  document.getElementById('desk-tasks')?.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect([seen(), selected(), document.activeElement?.id]).toEqual([['streams'], 'desk-streams', 'desk-streams']);
  expect(location.hash).toBe('#task=x&task-view=log&desk=streams');
  await userEvent.keyboard('{End}');
  expect(new URLSearchParams(location.hash.slice(1)).get('task')).toBe('x');
  expect(seen()).toEqual(['tasks']);
  history.back();
  await vi.waitUntil(() => seen()[0] === 'streams');
  location.hash = 'main';
  await new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  expect(seen()).toEqual(['streams']);
});
