import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { axeFaults } from '../../support/axe-faults.ts';
import { everything, focused, has, mount, settled, unmountAll, within } from '../../support/tag.ts';
import { until } from '../../support/until.ts';

/** Pictures that go along with a message. */

afterEach(() => {
  unmountAll();
  vi.restoreAllMocks();
  localStorage.clear();
  sessionStorage.clear();
});

const key = (name: string) => userEvent.keyboard(name);
const text = (element: Element): string => (element.shadowRoot ?? element).textContent.replace(/\s+/g, ' ').trim();

describe('pictures that go along', () => {
  async function file(name: string, width = 2000): Promise<File> {
    const canvas = Object.assign(document.createElement('canvas'), { width, height: width / 2 });
    canvas.getContext('2d')?.fillRect(0, 0, width, width / 2);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
    return new File([blob ?? ''], name, { type: 'image/png' });
  }
  const transfer = (files: readonly File[]): DataTransfer => {
    const data = new DataTransfer();
    files.forEach((each) => data.items.add(each));
    return data;
  };
  const previews = (tag: Element) => everything(tag).filter(({ localName }) => localName === 'viva-still').length;

  test('pasted, dropped and chosen; looked at, taken away by keyboard, and sent small', async () => {
    const { tag, assistant } = await mount({ open: '' });
    const field = within(tag, 'textarea');
    field.focus();
    const paste = new ClipboardEvent('paste', {
      clipboardData: transfer([await file('a.png')]),
      bubbles: true,
      cancelable: true,
    });
    field.dispatchEvent(paste);
    expect(paste.defaultPrevented).toBe(true);
    await until(() => expect(previews(tag)).toBe(1));
    const form = within(tag, 'form');
    form.dispatchEvent(new DragEvent('dragover', { dataTransfer: transfer([await file('b.png')]), cancelable: true }));
    await settled(tag);
    expect(within(tag, '.drop').textContent).toBe('Drop pictures here');
    form.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer([await file('b.png', 10)]), cancelable: true }));
    await until(() => expect(previews(tag)).toBe(2));
    expect(has(tag, '.drop')).toBe(false);
    const input = within(tag, 'input[type="file"]', HTMLInputElement);
    input.files = transfer([await file('c.png', 10)]).files;
    input.dispatchEvent(new Event('change'));
    await until(() => expect(previews(tag)).toBe(3));
    expect(await axeFaults(tag)).toEqual([]);
    within(tag, '[aria-label="Remove the picture 2"]').focus();
    await key('{Enter}');
    await until(() => expect(previews(tag)).toBe(2));
    expect(focused()?.getAttribute('aria-label')).toBe('Remove the picture 2');
    field.focus();
    await key('Which is this?{Enter}');
    const [, words, options] = assistant.asked('send')[0] ?? [];
    expect(words).toBe('Which is this?');
    const { images } = options as { images: string[] };
    expect(images).toHaveLength(2);
    const sent = await createImageBitmap(await (await fetch(images[0] ?? '')).blob());
    expect([images[0]?.slice(0, 15), sent.width, sent.height]).toEqual(['data:image/jpeg', 1024, 512]);
    await settled(tag);
    expect(previews(tag)).toBe(0);
    expect(assistant.asked('start')).toEqual([]);
  });

  test('a picture alone is a message; what is no picture, or one too many, is said', async () => {
    const { tag, assistant } = await mount({ open: '' });
    const form = within(tag, 'form');
    const drop = (files: readonly File[]) => form.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer(files) }));
    const told = () => text(within(within(tag, 'viva-attachments'), '[role="alert"]'));
    drop([new File(['x'], 'a.txt', { type: 'text/plain' }), new File(['x'], 'a.png', { type: 'image/png' })]);
    await until(() => expect(told()).toBe('This file cannot be shown as a picture.'));
    const small = await file('a.png', 10);
    drop(Array.from({ length: 6 }, () => small));
    await until(() => expect(told()).toBe('At most 4 pictures at a time.'));
    expect(previews(tag)).toBe(4);
    for (let left = 4; left > 1; left -= 1) {
      within(tag, '[aria-label="Remove the picture 1"]').click();
      await settled(tag);
    }
    expect(told()).toBe('');
    within(tag, '[part="send"]').click();
    expect(assistant.asked('send')[0]).toMatchObject(['send', '', { images: [expect.stringMatching(/^data:image\/jpeg/)] }]);
    await settled(tag);
    expect(previews(tag)).toBe(0);
    drop([small]);
    await until(() => expect(previews(tag)).toBe(1));
    within(tag, '[aria-label="Remove the picture 1"]').focus();
    await key('{Enter}');
    await until(() => expect(focused()?.getAttribute('part')).toBe('input'));
  });

  test('what could not be sent is still there, pictures and all', async () => {
    const { tag, assistant } = await mount({ open: '' });
    within(tag, 'form').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer([await file('a.png', 10)]) }));
    await until(() => expect(previews(tag)).toBe(1));
    assistant.refuseWith = new Error('nobody there');
    vi.spyOn(globalThis, 'reportError').mockImplementation(() => undefined);
    within(tag, '[part="send"]').click();
    await until(() => expect(assistant.asked('send')).toHaveLength(1));
    await settled(tag);
    await until(() => expect(previews(tag)).toBe(1));
  });
});
