import { vi } from 'vitest';
import type { VivaTasks } from '../../src/elements/tasks/tasks.ts';
import type { LivestreamTask, TasksState } from '../../src/session/tasks.ts';
import { fakeTask, FakeTasks } from './fake-tasks.ts';
import { everything, has as hasOne, within as withinOne } from './tag.ts';

/** A `<viva-tasks>` with a fake desk on the test's page, and what a hand does with it. */

export interface MountedTasks {
  readonly tag: VivaTasks;
  readonly desk: FakeTasks;
  /** How often a desk was wanted. */
  readonly made: () => number;
}

export const many = (count: number): LivestreamTask[] => Array.from({ length: count }, (_, place) => fakeTask(place));

export async function rendered(tag: Element): Promise<void> {
  for (let round = 0; round < 3; round++)
    for (const element of [tag, ...everything(tag)]) if ('updateComplete' in element) await element.updateComplete;
}

export async function mounted(
  tasks: readonly LivestreamTask[],
  state: Partial<TasksState> = {},
  attributes: Readonly<Record<string, string>> = {},
  prepare: (desk: FakeTasks) => void = () => undefined,
): Promise<MountedTasks> {
  const tag = document.createElement('viva-tasks');
  for (const [name, value] of Object.entries(attributes)) tag.setAttribute(name, value);
  const desk = new FakeTasks(tasks, state);
  prepare(desk);
  let made = 0;
  tag.connect = () => {
    made++;
    return desk;
  };
  document.body.append(tag);
  await vi.waitUntil(() => desk.asked('start').length === 1);
  await rendered(tag);
  if (tasks.length > 0 && desk.state.value.phase === 'ready') await appears(tag, '.row .name');
  return { tag, desk, made: () => made };
}

export function unmountAll(): void {
  for (const tag of document.querySelectorAll('viva-tasks')) tag.remove();
  document.documentElement.dir = '';
}

/** `viva-task-log li`: the first word names the element in whose shadow the rest is. */
function whereOf(tag: Element, path: string): { readonly root: Element | undefined; readonly selector: string } {
  const [, host, selector] = /^(viva-[\w-]+) (.+)$/.exec(path) ?? [];
  if (host === undefined || selector === undefined) return { root: tag, selector: path };
  return { root: everything(tag).find((element) => element.matches(host)), selector };
}

export function has(tag: Element, path: string): boolean {
  const { root, selector } = whereOf(tag, path);
  return root !== undefined && hasOne(root, selector);
}

export function within(tag: Element, path: string): HTMLElement;
export function within<E extends HTMLElement>(tag: Element, path: string, kind: new () => E): E;
export function within(tag: Element, path: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const { root, selector } = whereOf(tag, path);
  if (root === undefined) throw new Error(`no ${path} in <${tag.localName}>`);
  return withinOne(root, selector, kind);
}

/** Until there is such an element somewhere in the tag. */
export async function appears(tag: Element, selector: string): Promise<void> {
  await vi.waitUntil(() => has(tag, selector), { timeout: 8000 });
  await rendered(tag);
}

export const text = (tag: Element, selector: string): string => within(tag, selector).textContent.replace(/\s+/g, ' ').trim();

/** The button that is called so. */
export async function press(tag: Element, name: string): Promise<void> {
  const found = everything(tag).find(
    (element) => element instanceof HTMLButtonElement && element.textContent.replace(/\s+/g, ' ').trim() === name,
  );
  if (!(found instanceof HTMLButtonElement)) throw new Error(`There is no button "${name}".`);
  found.click();
  await rendered(tag);
}

export function fill(tag: Element, name: string, value: string, typed = false): void {
  const field = within(tag, `[name="${name}"]`);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement))
    throw new Error(`${name} is no field.`);
  field.value = value;
  if (typed) field.dispatchEvent(new Event('input'));
}
