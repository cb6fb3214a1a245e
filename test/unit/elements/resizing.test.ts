import { expect, test } from 'vitest';
import { cursorFor, dragged, edgesAt, keyed, LEAST, sizeFrom } from '../../../src/elements/resizing/size.ts';

const size = { width: 400, height: 600 };

test('an arrow moves the free corner: away from the sides that stay, the panel grows', () => {
  expect(keyed(size, 'ArrowLeft', false, 'bottom right')).toEqual({ width: 416, height: 600 });
  expect(keyed(size, 'ArrowLeft', false, 'bottom left')).toEqual({ width: 384, height: 600 });
  expect(keyed(size, 'ArrowUp', false, 'bottom right')).toEqual({ width: 400, height: 616 });
  expect(keyed(size, 'ArrowUp', true, 'top left')).toEqual({ width: 400, height: 520 });
  expect(keyed(size, 'ArrowRight', false, 'bottom middle')).toEqual({ width: 432, height: 600 });
  expect(keyed(size, 'a', false, 'bottom right')).toBeNull();
});

test('it never gets too small for a conversation', () => {
  expect(dragged(size, 900, 900, 'bottom right')).toEqual(LEAST);
  expect(sizeFrom('{"width":1,"height":1}')).toEqual(LEAST);
});

test('only the free edges can be taken hold of, both of one in the middle', () => {
  const panel = { left: 100, right: 500, top: 100, bottom: 700 } as DOMRectReadOnly;
  expect(edgesAt(102, 300, panel, 'bottom right')).toEqual({ across: true, along: false });
  expect(edgesAt(499, 300, panel, 'bottom right')).toEqual({ across: false, along: false });
  expect(edgesAt(101, 98, panel, 'bottom right')).toEqual({ across: true, along: true });
  expect(edgesAt(300, 698, panel, 'top left')).toEqual({ across: false, along: true });
  expect(edgesAt(499, 300, panel, 'bottom middle')).toEqual({ across: true, along: false });
  expect(cursorFor({ across: true, along: true }, 'bottom right')).toBe('nwse-resize');
  expect(cursorFor({ across: true, along: true }, 'bottom left')).toBe('nesw-resize');
  expect(cursorFor({ across: false, along: false }, 'bottom left')).toBe('');
});

test.each([
  null,
  '',
  '{}',
  '{"width":"400","height":600}',
  '[400,600]',
  '{"width":1e9,"height":1}',
  `{"width":400,"height":6${'0'.repeat(200)}}`,
])('what was kept and is no size (%s) is none', (text) => {
  expect(sizeFrom(text)).toBeNull();
});
