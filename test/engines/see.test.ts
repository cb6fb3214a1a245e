import { readFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineFailedError, type Seeing, type Sighting } from '../../demo/server/engines/engine.ts';
import { localSeeing } from '../../demo/server/engines/local/see.ts';
import { faces, objects } from '../../demo/server/engines/weights-table.ts';
import { signal, weightsHere } from './here.ts';
import { errorRate } from './words.ts';

const LINES = ['Order status', 'Order 10482 shipped on Tuesday', 'Payment failed, card expired'];

let see: Seeing;
beforeAll(async () => {
  const [{ weights: things, log }, { weights }] = [await weightsHere(objects), await weightsHere(faces)];
  see = localSeeing({ weights: { objects: things, faces: weights }, log });
  await see.warm();
});
afterAll(() => see.close());

const look = (image: Uint8Array): Promise<Sighting> => see.look(image, { signal });
const photograph = (name: string): Promise<Buffer> => readFile(new URL(`pictures/${name}`, import.meta.url));
const drawn = (svg: string, width = 800, height = 500): Sharp =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}">${svg}</svg>`));

const screen = drawn(`
  <rect width="800" height="500" fill="#ffffff"/><rect y="350" width="800" height="150" fill="#2060d0"/><rect x="600" y="40" width="150" height="250" fill="#d02020"/>
  <g font-family="DejaVu Sans, sans-serif" fill="#111">
    <text x="40" y="90" font-size="48">${LINES[0] ?? ''}</text><text x="40" y="160" font-size="28">${LINES[1] ?? ''}</text><text x="40" y="210" font-size="20">${LINES[2] ?? ''}</text>
  </g>
  <text x="40" y="440" font-size="36" fill="#fff" font-family="DejaVu Sans, sans-serif">Contact support</text>`);

describe('a screen', () => {
  it('is read, with how sure', async () => {
    const { text } = await look(await screen.clone().png().toBuffer());
    const heard = text.map(({ line }) => line).join(' ');
    expect(errorRate([[[...LINES, 'Contact support'].join(' '), heard]]), heard).toBeLessThanOrEqual(0.08);
    for (const { confidence } of text) {
      expect(confidence).toBeGreaterThan(0.7);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it('has its colours named, with their shares, and nobody on it', async () => {
    const { colours, brightness, people, objects: found } = await look(await screen.clone().png().toBuffer());
    expect(colours.map(({ name }) => name)).toEqual(['white', 'blue', 'red']);
    expect(colours[0]?.share).toBeCloseTo(0.6, 1);
    expect(colours[1]).toMatchObject({ hex: '#2060d0' });
    expect(brightness).toBeGreaterThan(170);
    expect(people.count).toBe(0);
    expect(found).toEqual([]);
  });

  it('of another size, kind and orientation is the same screen', async () => {
    const turned = await screen.clone().rotate(90).withMetadata({ orientation: 8 }).jpeg({ quality: 85 }).toBuffer();
    const small = await screen.clone().resize(480).png().toBuffer();
    for (const image of [turned, small])
      expect((await look(image)).text.map(({ line }) => line).join(' ')).toContain('Order status');
  });
});

describe('a photograph', () => {
  it('of one person shows one person', async () => {
    const { people } = await look(await photograph('astronaut.jpg'));
    expect(people.count).toBe(1);
    expect(people.confidence).toBeGreaterThan(0.8);
  });

  it('of two people side by side shows two', async () => {
    const one = await photograph('astronaut.jpg');
    const two = await sharp({ create: { width: 896, height: 448, channels: 3, background: '#fff' } })
      .composite([
        { input: one, left: 0, top: 0 },
        { input: await sharp(one).flop().toBuffer(), left: 448, top: 0 },
      ])
      .jpeg()
      .toBuffer();
    expect((await look(two)).people.count).toBe(2);
  });

  it('of a cat shows an animal, nobody, and no text made of fur', async () => {
    const { people, objects: animals, text } = await look(await photograph('cat.jpg'));
    expect(people.count).toBe(0);
    expect(animals[0]).toMatchObject({ name: 'cat' });
    expect(animals[0]?.confidence).toBeGreaterThan(0.8);
    expect(text).toEqual([]);
  });
});

describe('what is no picture', () => {
  it.each([
    ['nothing', new Uint8Array(0)],
    ['noise', Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256)],
    ['half a picture', null],
    ['a bomb', 'bomb'],
  ])('%s is refused by name, and the next picture is seen', async (_, bytes) => {
    const whole = await screen.clone().png().toBuffer();
    const image =
      bytes === 'bomb'
        ? await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#000' } })
            .png()
            .toBuffer()
        : (bytes ?? new Uint8Array(whole.subarray(0, 3000)));
    await expect(look(image as Uint8Array)).rejects.toThrow(EngineFailedError);
    await expect(look(image as Uint8Array)).rejects.toThrow('the picture cannot be read');
    expect((await look(await drawn('', 20, 20).png().toBuffer())).people.count).toBe(0);
  });
});
