import OpenAI from 'openai';
import sharp from 'sharp';
import { z } from 'zod';
import type { Remote } from '../../config.ts';
import { EngineFailedError, type Seeing, type Sighting } from '../engine.ts';
import { colours } from '../local/see/colours.ts';
import { Connection } from './connection.ts';
import { imageUrl } from './image-url.ts';

/** Pictures by `POST /chat/completions` with an image. Colours and brightness are measured here: a model only guesses them. */

const MOST_PIXELS = 50_000_000;
const LONG_SIDE = 1600;

const ORDER =
  'Describe the picture as one JSON object and nothing else: {"text":[{"line":string,"confidence":number}],"people":{"count":number,"confidence":number},' +
  '"objects":[{"name":string,"confidence":number}]}. "text" is every line that can be read, as it is written, from top to bottom; "objects" are things ' +
  'that are not people, in English, in the singular, one entry each; confidence is how sure you are, 0 to 1. Say nothing that is not to be seen.';

const sure = z.number().min(0).max(1).catch(0.5);
const descriptionSchema = z.object({
  text: z.array(z.object({ line: z.string(), confidence: sure })).catch([]),
  people: z.object({ count: z.number().int().min(0), confidence: sure }).catch({ count: 0, confidence: 0 }),
  objects: z.array(z.object({ name: z.string(), confidence: sure })).catch([]),
});

export function openaiSeeing(remote: Remote): Seeing {
  const connection = new Connection('see', remote, 'gpt-4.1-mini');

  async function ask(question: string, urls: readonly string[], signal: AbortSignal, json = true): Promise<string> {
    const pictures = urls.map((url) => ({ type: 'image_url' as const, image_url: { url } }));
    const order = {
      model: connection.model,
      messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: question }, ...pictures] }],
    };
    const { create } = connection.client.chat.completions;
    const asked = create.bind(connection.client.chat.completions);
    const completion = await (
      json ? asked({ ...order, response_format: { type: 'json_object' } }, { signal }) : asked(order, { signal })
    ).catch((error: unknown) => {
      // Not every compatible server knows the field; the order itself asks for JSON.
      if (json && error instanceof OpenAI.BadRequestError) return asked(order, { signal });
      throw error;
    });
    return completion.choices[0]?.message.content ?? '';
  }

  return {
    name: connection.label,
    warm: () => connection.warm(),
    close: () => connection.close(),
    look: (image, options): Promise<Sighting> =>
      connection.run(options.signal, async (signal) => {
        const picture = await upright(image);
        // Nothing that a model is needed for.
        if (options.depth === 'mini')
          return { text: [], people: { count: 0, confidence: 0 }, objects: [], ...(await colours(picture)) };
        const [said, tones] = await Promise.all([ask(ORDER, [imageUrl(picture)], signal), colours(picture)]);
        return { ...descriptionOf(said), ...tones };
      }),
    ask: (question, images, { signal: wanted, json }) =>
      connection.run(wanted, async (signal) => {
        const pictures = await Promise.all(images.map(upright));
        return ask(question, pictures.map(imageUrl), signal, json);
      }),
  };
}

/** Also out of a fenced block or a sentence around it. Throws when there is no object. */
export function descriptionOf(said: string): Pick<Sighting, 'text' | 'people' | 'objects'> {
  const json = /\{[\s\S]*\}/.exec(said)?.[0];
  try {
    return descriptionSchema.parse(JSON.parse(json ?? ''));
  } catch (cause) {
    throw new EngineFailedError('see: the description is not the JSON that was asked for', { cause });
  }
}

async function upright(image: Uint8Array): Promise<Buffer> {
  try {
    return await sharp(image, { limitInputPixels: MOST_PIXELS })
      .rotate()
      .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 88 })
      .toBuffer();
  } catch (cause) {
    throw new EngineFailedError('see: the picture cannot be read', { cause });
  }
}
