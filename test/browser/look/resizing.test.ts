import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';

/** Larger and smaller: by a press, by arrow keys, by dragging an edge. */

beforeEach(async () => {
  sessionStorage.clear();
  await page.viewport(1000, 800);
});

afterEach(async () => {
  unmountAll();
  sessionStorage.clear();
  await page.viewport(414, 896);
});

async function resizable(attributes: Readonly<Record<string, string>> = {}) {
  const { tag } = await mount({ resizable: '', open: '', ...attributes });
  await vi.waitFor(() => expect(has(tag, '[part="resize"]')).toBe(true), { timeout: 5000 });
  await settled(tag);
  const size = () => {
    const { width, height } = within(tag, 'viva-panel').getBoundingClientRect();
    return [Math.round(width), Math.round(height)];
  };
  return { tag, size, button: within(tag, '[part="resize"]') };
}

test('arrow keys move the free corner, the focus stays, and nothing is kept before', async () => {
  const { size, button } = await resizable();
  expect(size()).toEqual([400, 660]);
  expect(sessionStorage.length).toBe(0);
  expect(button.getAttribute('aria-label')).toBe('Larger');
  button.focus();
  await userEvent.keyboard('{ArrowLeft}{ArrowUp}');
  expect(size()).toEqual([416, 676]);
  await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
  expect(size()).toEqual([336, 676]);
  expect(focused()).toBe(button);
  expect(JSON.parse(sessionStorage.getItem('viva-voce.size') ?? '')).toEqual({ width: 336, height: 676 });
});

test('a press makes it large and the next one gives it its own size again', async () => {
  const { tag, size, button } = await resizable();
  await userEvent.click(button);
  expect(size()).toEqual([640, 760]);
  await settled(tag);
  expect(button.getAttribute('aria-label')).toBe('Smaller');
  await userEvent.click(button);
  expect(size()).toEqual([400, 660]);
  expect(sessionStorage.length).toBe(0);
});

test('an edge is dragged; the sides that it lies at stay where they are', async () => {
  const { tag, size } = await resizable();
  const panel = within(tag, 'viva-panel');
  const { left, top } = panel.getBoundingClientRect();
  const point = (type: string, x: number, y: number) =>
    panel.dispatchEvent(
      new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType: 'mouse', bubbles: true, composed: true }),
    );
  const captured = vi.spyOn(panel, 'setPointerCapture').mockImplementation(() => undefined);
  point('pointermove', left + 1, top + 300);
  expect(panel.style.cursor).toBe('ew-resize');
  point('pointermove', left + 1, top + 1);
  expect(panel.style.cursor).toBe('nwse-resize');
  point('pointerdown', left + 1, top + 1);
  point('pointermove', left - 59, top - 39);
  point('pointerup', left - 59, top - 39);
  point('pointermove', left - 200, top - 200);
  expect(captured).toHaveBeenCalledOnce();
  expect(size()).toEqual([460, 700]);
  const moved = panel.getBoundingClientRect();
  expect([1000 - moved.right, 800 - moved.bottom].map(Math.round)).toEqual([20, 20]);
  expect(sessionStorage.getItem('viva-voce.size')).toBe('{"width":460,"height":700}');
});

test('it is remembered for the session, for each tag by its id, and is never larger than the window', async () => {
  sessionStorage.setItem('viva-voce.size.desk', '{"width":900,"height":720}');
  const { size } = await resizable({ id: 'desk' });
  expect(size()).toEqual([900, 720]);
  await page.viewport(700, 600);
  expect(size()).toEqual([660, 560]);
  await page.viewport(1000, 800);
  const other = await resizable({ placement: 'bottom-start' });
  expect(other.size()).toEqual([400, 660]);
  other.button.focus();
  for (let press = 0; press < 12; press++) await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowUp}{/Shift}');
  expect(other.size()).toEqual([960, 760]);
});

test('a sheet on a telephone, and what fills its box, has one size', async () => {
  await page.viewport(390, 760);
  const { tag, button } = await resizable();
  expect(button.checkVisibility()).toBe(false);
  expect(Math.round(within(tag, 'viva-panel').getBoundingClientRect().width)).toBe(390);
  tag.variant = 'full';
  await settled(tag);
  expect(has(tag, '[part="resize"]')).toBe(false);
});
