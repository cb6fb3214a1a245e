import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../media/recording/durable.ts';
import type { Manuscript } from './analysis.ts';
import type { Step } from './job.ts';

/** What an analysis leaves on the disk, step by step: each whole or not there. */

/** The recorded parts as one timeline: nothing is copied, readers take them one after the other. */
const joinedSchema = z.object({
  /** Of those that could not be read: 0. */
  parts: z.array(
    z.object({ file: z.string(), startMs: z.number(), endMs: z.number(), atMs: z.number(), durationMs: z.number() }).readonly(),
  ),
  durationMs: z.number(),
});
export type Joined = z.infer<typeof joinedSchema>;

const framesSchema = z.object({
  /** Pictures that were looked at. */
  seen: z.number(),
  frames: z.array(z.object({ filename: z.string(), atMs: z.number() }).readonly()),
});
export type KeptFrames = z.infer<typeof framesSchema>;

const manuscriptSchema = z.object({
  title: z.string(),
  total_frames: z.number(),
  data: z.array(
    z
      .object({ frame_number: z.number(), filename: z.string(), content: z.string(), at_ms: z.number().optional() })
      .transform(({ at_ms, ...frame }) => (at_ms === undefined ? frame : { ...frame, at_ms })),
  ),
});

/** `silent`: there is no sound; `some-chinese`: Chinese is shown beside other languages, and not heard here; `chinese`: all is Chinese, nothing was listened to. */
const UNHEARD = ['nothing', 'silent', 'some-chinese', 'chinese'] as const;
export type Unheard = (typeof UNHEARD)[number];

const transcriptSchema = z.object({
  /** What was not heard of it. */
  unheard: z.enum(UNHEARD),
  /** BCP 47 that the engine hears. */
  hears: z.array(z.string()),
  /** ms of the recording, lines in order */
  data: z.array(z.object({ start_ms: z.number(), end_ms: z.number(), language: z.string(), text: z.string() }).readonly()),
});
export type Transcript = z.infer<typeof transcriptSchema>;

const NAMES = { join: 'joined.json', read: '01_raw_manuscript.json', hear: '02_transcript.json' } as const;
const FRAMES = 'frames';
const FRAMES_LIST = 'frames.json';
/** What was read so far, a line a frame. */
const READING = 'reading.jsonl';
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FRAME = /^frame_\d{5,6}\.png$/;

export const isTaskId = (id: string): boolean => UUID.test(id);
export const frameName = (number: number): string => `frame_${String(number).padStart(5, '0')}.png`;

export class TaskFiles {
  readonly folder: string;

  /** Throws RangeError when the id is none. */
  constructor(dataDir: string, taskId: string) {
    if (!isTaskId(taskId)) throw new RangeError('task_id: it is not a UUID');
    this.folder = join(dataDir, 'livestream', taskId);
  }

  joined = (): Promise<Joined | null> => read(join(this.folder, NAMES.join), joinedSchema);
  frames = (): Promise<KeptFrames | null> => read(join(this.framesFolder, FRAMES_LIST), framesSchema);
  manuscript = (): Promise<Manuscript | null> => read(join(this.folder, NAMES.read), manuscriptSchema);
  transcript = (): Promise<Transcript | null> => read(join(this.folder, NAMES.hear), transcriptSchema);

  get framesFolder(): string {
    return join(this.folder, FRAMES);
  }

  get readingPath(): string {
    return join(this.folder, READING);
  }

  /** Null = there is none of that name. */
  async frame(filename: string): Promise<string | null> {
    if (!FRAME.test(filename)) return null;
    const path = join(this.framesFolder, filename);
    return (await isThere(path)) ? path : null;
  }

  /** The steps whose outcomes are there. */
  async there(): Promise<ReadonlySet<Step>> {
    const [joined, frames, manuscript, transcript] = await Promise.all([
      this.joined(),
      this.frames(),
      this.manuscript(),
      this.transcript(),
    ]);
    const found: Step[] = [];
    if (joined !== null) found.push('join');
    if (frames !== null) found.push('frames');
    if (manuscript !== null) found.push('read');
    if (transcript !== null) found.push('hear');
    return new Set(found);
  }

  /** What was made of other parts goes. */
  async startOver(joined: Joined): Promise<void> {
    await this.make();
    for (const name of [NAMES.hear, NAMES.read, READING, FRAMES])
      await rm(join(this.folder, name), { recursive: true, force: true });
    await this.#write(NAMES.join, joined);
  }

  writeManuscript = (manuscript: Manuscript): Promise<void> => this.#write(NAMES.read, manuscript);
  writeTranscript = (transcript: Transcript): Promise<void> => this.#write(NAMES.hear, transcript);

  /** An empty folder beside the frames'; `placeFrames` puts it in their place. */
  async newFrames(): Promise<string> {
    const beside = join(this.folder, `${FRAMES}.tmp`);
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true });
    return beside;
  }

  async placeFrames(beside: string, list: KeptFrames): Promise<void> {
    await writeWhole(beside, FRAMES_LIST, [Buffer.from(JSON.stringify(list))]);
    await rm(this.readingPath, { force: true });
    await rm(this.framesFolder, { recursive: true, force: true });
    await rename(beside, this.framesFolder);
  }

  make = (): Promise<unknown> => mkdir(this.folder, { recursive: true });
  remove = (): Promise<void> => rm(this.folder, { recursive: true, force: true });

  async #write(name: string, value: unknown): Promise<void> {
    await this.make();
    await writeWhole(this.folder, name, [Buffer.from(`${JSON.stringify(value, null, 2)}\n`)]);
  }
}

/** Null: it is not there, or is not what it should be and has to be made again. */
async function read<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
  return schema.safeParse(parsed(text)).data ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
