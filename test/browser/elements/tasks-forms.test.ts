import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../../src/define.ts';
import { AssistantError } from '../../../src/shared/errors.ts';
import { taskId } from '../../support/fake-tasks.ts';
import { focused } from '../../support/tag.ts';
import { appears, fill, has, many, mounted, press, rendered, text, unmountAll, within } from '../../support/mounted-tasks.ts';

/** The forms of `<viva-tasks>`: what is asked for is what was typed, what is refused stays where it was typed. */

beforeEach(async () => {
  history.replaceState(null, '', location.pathname + location.search);
  await page.viewport(1200, 900);
});
afterEach(unmountAll);

async function picture(type = 'image/png', size = 40): Promise<File> {
  const canvas = new OffscreenCanvas(size * 2, size);
  canvas.getContext('2d')?.fillRect(0, 0, size, size);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'cover', { type });
}

function take(tag: Element, file: File): void {
  const field = within(tag, 'viva-task-form [type="file"]', HTMLInputElement);
  const given = new DataTransfer();
  given.items.add(file);
  field.files = given.files;
  field.dispatchEvent(new Event('change'));
}

describe('a new task', () => {
  const opened = async () => {
    const all = await mounted(many(3));
    within(all.tag, 'header .solid').focus();
    await press(all.tag, 'New task');
    await appears(all.tag, 'viva-task-form form');
    return all;
  };

  test.each([
    ['New task', 'name'],
    ['Prompts', 'which'],
  ])('%s: the first field has the focus, as soon as it is there', async (button, field) => {
    const { tag } = await mounted(many(3));
    await press(tag, button);
    await vi.waitUntil(() => focused()?.getAttribute('name') === field, { timeout: 8000 });
  });

  test('is made with everything that was typed, its cover seen before, and looked at when it is there', async () => {
    const { tag, desk } = await opened();
    fill(tag, 'name', 'Glasshouse opening');
    fill(tag, 'url', 'https://live.example/12345');
    fill(tag, 'start', '2026-12-01T14:00:00');
    fill(tag, 'entity', 'Thistle Row');
    fill(tag, 'prompt', '01.车企发布会摘要总结.md');
    const cover = await picture();
    take(tag, cover);
    await appears(tag, 'viva-task-form canvas');
    expect(within(tag, 'viva-task-form canvas').getAttribute('aria-label')).toBe('Preview of the cover, 80 × 40');
    let answer: (value?: unknown) => void = () => undefined;
    desk.answer = new Promise((resolve) => (answer = resolve));
    await press(tag, 'Create the task');
    expect(within(tag, 'viva-task-form progress', HTMLProgressElement).value).toBe(40);
    expect(within(tag, 'dialog', HTMLDialogElement).open).toBe(true);
    answer();
    await vi.waitUntil(() => !within(tag, 'dialog', HTMLDialogElement).open);
    expect(desk.asked('create')).toEqual([
      [
        'create',
        {
          name: 'Glasshouse opening',
          url: 'https://live.example/12345',
          startMs: new Date('2026-12-01T14:00:00').getTime(),
          entity: 'Thistle Row',
          prompt: '01.车企发布会摘要总结.md',
          image: cover,
        },
      ],
    ]);
    expect(location.hash).toBe(`#task=${taskId(0)}`);
  });

  test('shows the prompt it will be written by', async () => {
    const { tag } = await opened();
    within(tag, 'viva-task-form summary').click();
    await vi.waitUntil(() => text(tag, 'viva-task-report .report').startsWith('Summary'));
    const select = within(tag, 'viva-task-form [name="prompt"]', HTMLSelectElement);
    select.selectedIndex = 2;
    select.dispatchEvent(new Event('change'));
    await vi.waitUntil(() => text(tag, 'viva-task-report .report').startsWith('发布会'));
  });

  test('is not sent half', async () => {
    const { tag, desk } = await opened();
    fill(tag, 'name', 'N');
    await press(tag, 'Create the task');
    expect(desk.asked('create')).toEqual([]);
  });

  test('that is refused stays as it was typed, its field marked', async () => {
    const { tag, desk } = await opened();
    fill(tag, 'name', 'N');
    fill(tag, 'url', 'nonsense');
    desk.refuseWith = new AssistantError('bad-option', 'This is no address.', { field: 'url' });
    await press(tag, 'Create the task');
    await vi.waitUntil(() => text(tag, 'dialog [role="alert"]') === 'This is no address.');
    await rendered(tag);
    const url = within(tag, 'viva-task-form [name="url"]', HTMLInputElement);
    expect([url.value, url.getAttribute('aria-invalid')]).toEqual(['nonsense', 'true']);
    await userEvent.keyboard('{Escape}');
    await vi.waitUntil(() => !within(tag, 'dialog', HTMLDialogElement).open);
    expect(text(tag, '.frame > [role="alert"]')).toBe('');
    expect(focused()?.textContent.trim()).toBe('New task');
  });

  test.each([
    [
      'text as a picture',
      () => new File(['<script>'], 'a.png', { type: 'image/png' }),
      'This file cannot be shown as a picture.',
    ],
    ['an SVG', () => new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' }), 'This file cannot be shown as a picture.'],
    [
      'a large one',
      () => new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' }),
      'This picture is larger than 5 MiB.',
    ],
  ] as const)('does not take %s as its cover', async (_, file, words) => {
    const { tag } = await opened();
    take(tag, file());
    await vi.waitUntil(() => text(tag, 'viva-task-form #image-wrong') === words);
    expect(within(tag, 'viva-task-form .solid', HTMLButtonElement).disabled).toBe(true);
    take(tag, await picture());
    await appears(tag, 'viva-task-form canvas');
    await press(tag, 'Remove the cover');
    expect(has(tag, 'viva-task-form canvas')).toBe(false);
    expect(within(tag, 'viva-task-form .solid', HTMLButtonElement).disabled).toBe(false);
  });
});

describe('an event of the past', () => {
  test('is added with its report', async () => {
    const { tag, desk } = await mounted(many(3));
    await press(tag, 'Add a past event');
    await appears(tag, 'viva-task-form form');
    fill(tag, 'name', 'Spring fair');
    fill(tag, 'url', 'https://live.example/1');
    fill(tag, 'start', '2025-03-01T10:00:00');
    fill(tag, 'report', '# Spring fair', true);
    await press(tag, 'Add the event');
    expect(desk.asked('createPast')[0]?.[1]).toMatchObject({ name: 'Spring fair', report: '# Spring fair', hostName: null });
  });
});

describe('the prompts', () => {
  const opened = async () => {
    const all = await mounted(many(3));
    await press(all.tag, 'Prompts');
    await appears(all.tag, 'viva-task-prompts textarea');
    return all;
  };
  const choose = async (tag: Element, index: number) => {
    const select = within(tag, 'viva-task-prompts [name="which"]', HTMLSelectElement);
    select.selectedIndex = index;
    select.dispatchEvent(new Event('change'));
    await rendered(tag);
  };

  test('are changed with a preview; what was typed stays while another one is read', async () => {
    const { tag, desk } = await opened();
    fill(tag, 'content', '# Short\n\n**two** lines', true);
    await vi.waitUntil(() => text(tag, 'viva-task-report .report') === 'Shorttwo lines');
    await choose(tag, 1);
    expect(within(tag, '[name="content"]', HTMLTextAreaElement).value).toContain('发布会');
    expect(within(tag, 'viva-task-prompts .solid', HTMLButtonElement).disabled).toBe(true);
    await choose(tag, 0);
    expect(within(tag, '[name="content"]', HTMLTextAreaElement).value).toContain('# Short');
    await press(tag, 'Save');
    await vi.waitUntil(() => text(tag, 'viva-task-prompts [role="status"]') === 'Saved.');
    expect(desk.asked('savePrompt')).toEqual([
      ['savePrompt', { name: '00.default-summary.md', content: '# Short\n\n**two** lines' }],
    ]);
  });

  test('are added under a name that is no path', async () => {
    const { tag, desk } = await opened();
    await choose(tag, 2);
    fill(tag, 'name', '../secret.md', true);
    fill(tag, 'content', 'x', true);
    await rendered(tag);
    await press(tag, 'Save');
    expect(desk.asked('savePrompt')).toEqual([]);
    fill(tag, 'name', '02.价格.md', true);
    await rendered(tag);
    await press(tag, 'Save');
    await vi.waitUntil(() => text(tag, 'viva-task-prompts [role="status"]') === 'Saved.');
    expect(desk.asked('savePrompt')).toEqual([['savePrompt', { name: '02.价格.md', content: 'x' }]]);
  });
});
