import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { VivaBeforeStartEvent } from '../../../src/elements/events.ts';
import type { VivaPageActionEvent } from '../../../src/elements/page-actions/page-action-events.ts';
import type { VivaToolCallEvent } from '../../../src/elements/tool/tool-call-event.ts';
import '../../../src/elements/tool/define.ts';
import type { VivaVoce } from '../../../src/elements/viva-voce/viva-voce.ts';
import type { Tool } from '../../../src/session/options.ts';
import { entry } from '../../support/fake-assistant.ts';
import { mount, settled, unmountAll, within } from '../../support/tag.ts';

/** What the assistant may do on a page, and what of it waits for the user. */

const boxes: HTMLElement[] = [];

afterEach(() => {
  unmountAll();
  for (const box of boxes.splice(0)) box.remove();
});

const PAGE = `
  <main>
    <h1>Roses</h1>
    <p>Water them in the morning.</p>
    <form aria-label="Order">
      <label>Name <input name="name" value="Ada"></label>
      <label>Password <input type="password" name="secret" value="hunter2"></label>
      <label>Card number <input name="card" autocomplete="cc-number" value="4111"></label>
      <label>How many <select name="count"><option value="1">One</option><option value="2">Two</option></select></label>
      <label><input type="checkbox" name="gift"> As a gift</label>
      <button type="button">Add to basket</button>
    </form>
    <button hidden>Unseen</button>
    <div aria-hidden="true"><button>Hidden from the tree</button></div>
  </main>`;

function page(): HTMLElement {
  const box = document.body.appendChild(document.createElement('div'));
  box.append(document.createRange().createContextualFragment(PAGE));
  boxes.push(box);
  return box;
}

/** The tools as a conversation that begins now would get them. */
function toolsOf(tag: VivaVoce): Readonly<Record<string, Tool>> {
  const event = new VivaBeforeStartEvent({
    endpoint: 'https://gateway.example',
    ...(tag.tools === null ? {} : { tools: tag.tools }),
  });
  tag.dispatchEvent(event);
  return event.options.tools ?? {};
}

const run = (tools: Readonly<Record<string, Tool>>, name: string, input: Record<string, unknown> = {}, callId = 'call-1') =>
  Promise.resolve().then(() => tools[name]?.run(input, new AbortController().signal, callId));

async function read(tools: Readonly<Record<string, Tool>>): Promise<{ readonly text: string; mark(of: string): string }> {
  const text = String(await run(tools, 'page_read'));
  return { text, mark: (of) => new RegExp(`(e\\d+) \\w+ "${of}"`).exec(text)?.[1] ?? `no “${of}”` };
}

async function acting(pageActions: string, attributes: Record<string, string> = {}) {
  const box = page();
  const { tag, assistant } = await mount({ 'page-actions': pageActions, ...attributes });
  await vi.waitFor(() => expect(Object.keys(toolsOf(tag))).not.toEqual([]));
  return { box, tag, assistant, tools: toolsOf(tag) };
}

const button = (tag: VivaVoce, part: string) =>
  within(tag, 'viva-page-actions').shadowRoot?.querySelector<HTMLElement>(`[part="${part}"]`);

test('nothing is allowed that is not named, and a wrong name is told', async () => {
  const { tag, tools } = await acting('read highlight');
  expect(Object.keys(tools)).toEqual(['page_read', 'page_highlight']);
  const errors: string[] = [];
  tag.addEventListener('viva-error', ({ field }) => errors.push(String(field)));
  tag.pageActions = 'read wipe';
  toolsOf(tag);
  expect(errors).toEqual(['page-actions']);
  tag.pageActions = '';
  expect(toolsOf(tag)).toEqual({});
});

test('reads the accessibility tree, without what is hidden, without secrets and without itself', async () => {
  const { text } = await read((await acting('read', { open: '' })).tools);
  for (const line of [
    'heading "Roses"',
    'form "Order"',
    'textbox "Name" (value="Ada")',
    'button "Add to basket"',
    'Water them in the morning.',
  ])
    expect(text).toContain(line);
  expect(text).toMatch(/combobox "How many" \(value="One" of \["One","Two"\]\)/);
  for (const secret of ['hunter2', '4111', 'Unseen', 'Hidden from the tree', 'Ask us']) expect(text).not.toContain(secret);
});

test('fills in what is public as a person would, and undoes it', async () => {
  const { box, tag, tools } = await acting('read fill');
  const { mark } = await read(tools);
  const heard: string[] = [];
  box.addEventListener('input', () => heard.push('input'));
  box.addEventListener('change', () => heard.push('change'));
  await run(tools, 'page_fill', { element: mark('Name'), value: 'Grace' });
  await run(tools, 'page_fill', { element: mark('How many'), value: 'Two' });
  await run(tools, 'page_fill', { element: mark('As a gift'), value: 'true' });
  const named = (name: string) => box.querySelector<HTMLInputElement>(`[name="${name}"]`);
  expect([named('name')?.value, named('count')?.value, named('gift')?.checked]).toEqual(['Grace', '2', true]);
  expect(heard).toEqual(['input', 'change', 'input', 'change', 'input', 'change']);
  await settled(tag);
  expect(button(tag, 'step')?.textContent).toBe('Filled in “As a gift”');
  button(tag, 'undo')?.click();
  expect(named('gift')?.checked).toBe(false);
  for (const secret of ['Password', 'Card number'])
    await expect(run(tools, 'page_fill', { element: mark(secret), value: 'x' })).rejects.toMatchObject({
      code: 'tool-failed',
      field: 'element',
    });
  expect(named('secret')?.value).toBe('hunter2');
  await expect(run(tools, 'page_fill', { element: mark('How many'), value: 'Nine' })).rejects.toMatchObject({ field: 'element' });
});

test('presses nothing before the user allows it; a refusal and a veto of the page are told to the assistant', async () => {
  const { box, tag, tools } = await acting('read click');
  const { mark } = await read(tools);
  let pressed = 0;
  box.querySelector('button')?.addEventListener('click', () => pressed++);
  const first = run(tools, 'page_click', { element: mark('Add to basket') });
  await vi.waitFor(() => expect(button(tag, 'question')?.textContent).toContain('press “Add to basket”'));
  expect(pressed).toBe(0);
  button(tag, 'allow')?.click();
  expect(await first).toBe('it was pressed');
  expect(pressed).toBe(1);
  const second = expect(run(tools, 'page_click', { element: mark('Add to basket') })).rejects.toMatchObject({
    code: 'tool-failed',
  });
  await vi.waitFor(() => expect(button(tag, 'refuse')).not.toBeNull());
  button(tag, 'refuse')?.click();
  await second;
  const veto = (event: VivaPageActionEvent): void => event.preventDefault();
  tag.addEventListener('viva-page-action', veto as EventListener);
  await expect(run(tools, 'page_click', { element: mark('Add to basket') })).rejects.toMatchObject({
    message: 'the page does not allow this',
  });
  expect(pressed).toBe(1);
});

test('the question can be answered by keyboard from the panel, which gets the focus back', async () => {
  const { tag, tools, assistant } = await acting('read click', { open: '' });
  assistant.show({ phase: 'listening' });
  await settled(tag);
  const { mark } = await read(tools);
  within(tag, 'viva-panel').focus();
  const asked = run(tools, 'page_click', { element: mark('Add to basket') });
  await vi.waitFor(() => expect(within(tag, 'viva-page-actions').shadowRoot?.activeElement?.getAttribute('part')).toBe('refuse'));
  const { violations } = await axe.run(tag, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}{Enter}');
  expect(await asked).toBe('it was pressed');
});

test('a frame follows what is highlighted and takes no pointer', async () => {
  const { box, tag, tools } = await acting('read highlight');
  const { mark } = await read(tools);
  await run(tools, 'page_highlight', { element: mark('Add to basket') });
  await vi.waitFor(() => expect(button(tag, 'mark')?.matches(':popover-open')).toBe(true));
  const target = box.querySelector('button')?.getBoundingClientRect();
  const frame = button(tag, 'mark')?.getBoundingClientRect();
  expect([frame?.left, frame?.top, frame?.width]).toEqual([target?.left, target?.top, target?.width]);
  button(tag, 'undo')?.click();
  await vi.waitFor(() => expect(button(tag, 'mark')?.matches(':popover-open')).toBe(false));
});

test('what has left the page is named as gone, and the transcript says in words what was done', async () => {
  const { box, tag, tools, assistant } = await acting('read focus', { open: '' });
  const { mark } = await read(tools);
  await run(tools, 'page_focus', { element: mark('Name') }, 'call-9');
  expect(document.activeElement).toBe(box.querySelector('[name="name"]'));
  assistant.show({ transcript: [entry('tool', 'page_focus', { id: 'call-9' })] });
  await import('../../../src/elements/words/define.ts');
  await vi.waitFor(() => expect(within(tag, 'viva-transcript').shadowRoot?.textContent).toContain('Went to “Name”'));
  box.remove();
  await expect(run(tools, 'page_focus', { element: mark('Name') })).rejects.toMatchObject({ field: 'element' });
});

test('a tool in HTML is called by an event and answers by it; one that is told wrongly says how', async () => {
  const { tag } = await mount();
  const tool = document.createElement('viva-tool');
  tool.setAttribute('name', 'opening_hours');
  tool.setAttribute('description', 'When the shop is open');
  const schema = document.createElement('script');
  schema.type = 'application/json';
  schema.textContent = '{"type":"object","properties":{"day":{"type":"string"}}}';
  tool.append(schema);
  tag.append(tool);
  await tool.updateComplete;
  expect(tag.tools?.['opening_hours']?.parameters).toEqual({ type: 'object', properties: { day: { type: 'string' } } });
  await expect(run(tag.tools ?? {}, 'opening_hours')).rejects.toMatchObject({ code: 'tool-failed' });
  tool.addEventListener('viva-tool-call', ((event: VivaToolCallEvent) => {
    event.respondWith(`${String(event.input['day'])}: 9 to 17`);
    expect(() => event.respondWith('again')).toThrow('answered');
  }) as EventListener);
  expect(await run(tag.tools ?? {}, 'opening_hours', { day: 'Monday' })).toBe('Monday: 9 to 17');
  const fields: (string | null)[] = [];
  tag.addEventListener('viva-error', ({ field }) => fields.push(field));
  tool.setAttribute('name', 'not a name');
  await tool.updateComplete;
  expect([fields, tag.tools]).toEqual([['name'], {}]);
  tool.setAttribute('name', 'hours');
  schema.textContent = '[]';
  await tool.updateComplete;
  expect(fields).toEqual(['name', 'script']);
  schema.textContent = '';
  tool.remove();
  expect(tag.tools).toEqual({});
});
