import sharp from 'sharp';
import { expect, it } from 'vitest';
import { colourName, colours } from '../../../../../demo/server/engines/local/see/colours.ts';

it.each([
  ['#ffffff', 'white'],
  ['#000000', 'black'],
  ['#808080', 'grey'],
  ['#2b2b2b', 'dark grey'],
  ['#ff0000', 'red'],
  ['#8b0000', 'dark red'],
  ['#ff8800', 'orange'],
  ['#ffcc00', 'yellow'],
  ['#008000', 'green'],
  ['#00ff00', 'green'],
  ['#0f2a4a', 'navy'],
  ['#2060d0', 'blue'],
  ['#87ceeb', 'light blue'],
  ['#800080', 'purple'],
  ['#ff69b4', 'pink'],
  ['#7f5537', 'brown'],
  ['#4a3728', 'dark brown'],
  ['#e5bc96', 'beige'],
])('%s is %s', (hex, name) => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  expect(colourName(red, green, blue)).toBe(name);
});

it('tells shares and brightness, and leaves specks out', async () => {
  const red = await sharp({ create: { width: 25, height: 100, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  const speck = await sharp({ create: { width: 10, height: 10, channels: 3, background: '#00ff00' } })
    .png()
    .toBuffer();
  const picture = await sharp({ create: { width: 100, height: 100, channels: 3, background: '#ffffff' } })
    .composite([
      { input: red, left: 0, top: 0 },
      { input: speck, left: 60, top: 50 },
    ])
    .png()
    .toBuffer();
  const seen = await colours(picture);
  expect(seen.colours.map(({ name }) => name)).toEqual(['white', 'red']);
  expect(seen.colours[1]).toMatchObject({ hex: '#ff0000', share: 0.25 });
  expect(seen.brightness).toBeGreaterThan(200);
});

it('takes what is see-through for white', async () => {
  const picture = await sharp({ create: { width: 10, height: 10, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    .png()
    .toBuffer();
  expect((await colours(picture)).colours).toEqual([{ name: 'white', hex: '#ffffff', share: 1 }]);
});
