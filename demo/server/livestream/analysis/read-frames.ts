import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { EngineBusyError, type Seeing } from '../../engines/engine.ts';
import { appendDurably } from '../../media/recording/durable.ts';
import type { Manuscript, ManuscriptFrame } from './analysis.ts';
import { counted } from './join-parts.ts';
import type { StepRun } from './step-run.ts';
import type { KeptFrames, TaskFiles } from './task-files.ts';

/** What is written on each frame: the raw manuscript. A frame that was read before the gateway was stopped is not read again. */

/** BCP 47 of what slides are read in, the likeliest first. */
export const READ_LANGUAGES: readonly string[] = ['en', 'zh'];

const BUSY_MS = 500;
const doneSchema = z.object({ filename: z.string(), content: z.string() });

export async function readFrames(
  title: string,
  kept: KeptFrames,
  see: Seeing,
  files: TaskFiles,
  run: StepRun,
): Promise<Manuscript> {
  const done = await readBefore(files.readingPath);
  const count = kept.frames.length;
  const before = done.size === 0 ? '' : `, ${counted(done.size, 'frame')} of which were read before`;
  await run.say('INFO', `Reading ${counted(count, 'frame')} in English and Chinese${before}`);
  let failed = 0;
  let inARow = 0;
  for (const [index, { filename }] of kept.frames.entries()) {
    run.progress((100 * index) / Math.max(1, count));
    if (done.has(filename)) continue;
    const content = await contentOf(await readFile(join(files.framesFolder, filename)), see, run.signal);
    if (typeof content === 'string') {
      inARow = 0;
      done.set(filename, content);
      await appendDurably(files.readingPath, `${JSON.stringify({ filename, content })}\n`);
      continue;
    }
    failed++;
    // One picture may be at fault; where one after the other fails it is the engine.
    if (++inARow >= Math.min(MOST_FAILURES, count)) throw content.cause;
  }
  if (failed > 0) await run.say('WARNING', `${counted(failed, 'frame')} could not be read`);
  const data = kept.frames.map(({ filename, atMs }, index): ManuscriptFrame => {
    return { frame_number: index + 1, filename, content: done.get(filename) ?? '', at_ms: atMs };
  });
  const manuscript = { title, total_frames: data.length, data };
  await files.writeManuscript(manuscript);
  const lines = data.flatMap(({ content }) => content.split('\n').filter(Boolean)).length;
  const withText = data.filter(({ content }) => content !== '').length;
  await run.say('INFO', `${counted(lines, 'line')} of text on ${String(withText)} of ${counted(count, 'frame')}`);
  return manuscript;
}

/** The engine is asked so often for one picture. */
const MOST_TRIES = 2;
const MOST_FAILURES = 3;

async function contentOf(png: Uint8Array, see: Seeing, signal: AbortSignal): Promise<string | { readonly cause: unknown }> {
  for (let tries = 1; ;) {
    signal.throwIfAborted();
    try {
      const options = { signal, background: true };
      const lines =
        see.read === undefined
          ? (await see.look(png, options)).text
          : await see.read(png, { ...options, languages: READ_LANGUAGES });
      return cleaned(lines.map(({ line }) => line));
    } catch (cause) {
      signal.throwIfAborted();
      if (!(cause instanceof EngineBusyError) && ++tries > MOST_TRIES) return { cause };
    }
    await delay(BUSY_MS, undefined, { signal });
  }
}

/** Recognised lines without what cannot be text: control characters, marks alone, the same line twice in a row. Pure. */
export function cleaned(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .map((line) => line.replace(/^[|_~^`°*«»\\]+ ?| ?[|_~^`°*«»\\]+$/g, ''))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .filter((line, index, all) => line !== all[index - 1])
    .join('\n');
}

async function readBefore(path: string): Promise<Map<string, string>> {
  let text = '';
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
  }
  const done = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = doneSchema.safeParse(jsonOf(line)).data;
    if (found !== undefined) done.set(found.filename, found.content);
  }
  return done;
}

/** The last line may have been cut by a crash. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
