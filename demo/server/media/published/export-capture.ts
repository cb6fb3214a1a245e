import { createHash } from 'node:crypto';
import type { Recording, Segment } from '../recording.ts';
import { existing, recordingKey } from './export-stream.ts';
import type { ExportDeps } from './export-stream.ts';
import { publish } from './new-video.ts';
import { PublishedError } from './published-error.ts';
import { alike, bytesOf, clocked, LEAD_S } from './retimed.ts';
import type { Piece } from './retimed.ts';
import { fragmentedInput, runFfmpeg } from './run-ffmpeg.ts';
import { segmentedForm, writeSegments } from './segmented.ts';
import { wordsOf } from './stream-words.ts';

/** Several recordings of one occasion as one video: one picture, all their sound mixed, each where its clock says. */

export interface CaptureWish {
  readonly collectionId: string;
  readonly name: string;
  /** The stream whose picture is shown; null = sound alone. */
  readonly pictureStreamId: string | null;
  /** Streams that are heard; the picture's own among them or not. */
  readonly soundStreamIds: readonly string[];
  /** 0–100 */
  readonly progress?: (percentage: number) => void;
  readonly signal?: AbortSignal;
}

interface Source {
  readonly recording: Recording;
  readonly segments: readonly Segment[];
}

const HZ = 48_000;
/** Sound that outlasts the picture by less is cut with it; by more, the last picture stands: players stop where one of both ends. */
const SHORT_MS = 500;
/** Sound that begins before the picture by less has the first picture with it; by more, black, which costs encoding the picture anew. */
const EARLY_MS = 1000;

/**
 * Begins with whatever began first and lasts as long as anything. Answers the video's id; the same one
 * again for the same recordings. Rejects with `PublishedError`, or with the signal's reason.
 */
export async function exportCapture(deps: ExportDeps, wish: CaptureWish): Promise<string> {
  const { database, media, ffmpeg } = deps;
  const { pictureStreamId, progress, signal } = wish;
  const sourceOf = (streamId: string): Source => {
    const recording = media.recording(streamId);
    return { recording, segments: recording.window(0, Number.MAX_SAFE_INTEGER) };
  };
  const has = (source: Source, track: 'hasVideo' | 'hasAudio'): boolean =>
    source.segments.some(({ epoch }) => source.recording.epoch(epoch)?.[track] === true);
  const found = pictureStreamId === null ? null : sourceOf(pictureStreamId);
  const picture = found !== null && has(found, 'hasVideo') ? found : null;
  const sounds = wish.soundStreamIds.map(sourceOf).filter((source) => has(source, 'hasAudio'));
  const all = [...(picture === null ? [] : [picture]), ...sounds];
  if (all.length === 0) throw new PublishedError('nothing-recorded', 'Nothing is recorded of this session.');
  if (ffmpeg === null) throw new PublishedError('no-ffmpeg', 'Recordings cannot be put together here: there is no ffmpeg.');
  const streamIds = [...new Set([...(pictureStreamId === null ? [] : [pictureStreamId]), ...wish.soundStreamIds])];
  const key = createHash('sha256')
    .update(all.map(({ segments }, index) => recordingKey(streamIds[index] ?? '', segments)).join())
    .digest('base64url');
  const known = await existing(database, key);
  if (known !== null) {
    progress?.(100);
    return known;
  }
  for (const streamId of streamIds) await deps.settled?.(streamId);
  const zeroMs = Math.min(...all.map(({ segments }) => segments[0]?.startMs ?? Infinity));
  const lastMs = Math.max(...all.map(({ segments }) => endOf(segments.at(-1))));
  const pictureEndMs = picture === null ? lastMs : endOf(picture.segments.at(-1));
  const endMs = lastMs - pictureEndMs > SHORT_MS ? lastMs : pictureEndMs;
  return publish(
    {
      collectionId: wish.collectionId,
      streamId: null,
      name: wish.name,
      key,
      fill: async (folder, filled) => {
        const mix = await planMix(picture, sounds, zeroMs, endMs);
        let made: Awaited<ReturnType<typeof writeSegments>> = { segments: [], epochs: [] };
        await runFfmpeg({
          ffmpeg,
          cwd: folder,
          durationMs: endMs - zeroMs,
          ...mix,
          progress: filled,
          consume: async (output) => {
            made = await writeSegments(output, { folder, prefix: '', startMs: zeroMs });
          },
          ...(signal === undefined ? {} : { signal }),
        });
        return made;
      },
      words: (spans) => wordsOf(database, streamIds, spans),
    },
    { ...deps, ...(progress === undefined ? {} : { progress }), ...(signal === undefined ? {} : { signal }) },
  );
}

const endOf = (segment: Segment | undefined): number => (segment === undefined ? 0 : segment.startMs + segment.durationMs);

async function planMix(picture: Source | null, sounds: readonly Source[], zeroMs: number, endMs: number) {
  const piecesOf = ({ recording, segments }: Source): readonly Piece[] => clocked(recording.folder, segments, zeroMs);
  const pictures = picture === null ? [] : await alike(piecesOf(picture));
  const heard = (await Promise.all(sounds.map(async (source) => alike(piecesOf(source))))).flat();
  const groups = [...pictures, ...heard];
  const graph = heard.map(
    // Silence before, between and after: sound stays where its clock says. Filled and trimmed only: while ffmpeg stretches, it also
    // stretches the silence that it puts into a gap (a pause of 5 s came out 35 ms too long, measured by `npm run prove:capture`).
    (_, index) => `[${pictures.length + index}:a]aresample=${HZ}:async=1:min_hard_comp=0.01:first_pts=${LEAD_S * HZ}[s${index}]`,
  );
  const inputs = heard.map((_, index) => `[s${index}]`).join('');
  if (heard.length > 0) {
    const untilS = ((endMs - zeroMs) / 1000 + LEAD_S).toFixed(6);
    graph.push(
      `${inputs}amix=inputs=${heard.length}:normalize=0:duration=longest:dropout_transition=0,alimiter=limit=0.97:level=0:attack=1,apad,atrim=end=${untilS}[a]`,
    );
  }
  const leadMs = (pictures[0]?.[0]?.segment.startMs ?? zeroMs) - zeroMs;
  const copied = pictures.length === 1 && leadMs <= EARLY_MS && endOf(pictures[0]?.at(-1)?.segment) >= endMs;
  if (pictures.length > 0 && !copied) graph.push(...encodedPicture(pictures, zeroMs, endMs));
  const video = copied
    ? ['-map', '0:v', '-c:v', 'copy', ...(leadMs > 0 ? ['-bsf:v', FROM_ZERO] : [])]
    : // Pictures out of order would begin later than their own time, and move the sound with them.
      ['-map', '[v]', '-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-crf', '22', '-g', '60'];
  return {
    inputs: groups.map(bytesOf),
    args: [
      // One clock for all: no input is moved to begin at zero.
      '-copyts',
      ...groups.flatMap((_, index) => fragmentedInput(index)),
      ...(graph.length === 0 ? [] : ['-filter_complex', graph.join(';')]),
      ...(pictures.length === 0 ? [] : video),
      ...(heard.length === 0 ? [] : ['-map', '[a]', '-c:a', 'aac', '-b:a', '128k', '-ac', '2']),
      ...['-output_ts_offset', String(-LEAD_S)],
      ...segmentedForm(pictures.length > 0),
    ],
  };
}

/** The first picture stands from the beginning on; all others keep their times. */
const FROM_ZERO = `setts=${['PTS', 'DTS'].map((time) => `${time.toLowerCase()}=if(eq(N\\,0)\\,${LEAD_S}/TB\\,${time})`).join(':')}`;

/**
 * A screen that changed its size: everything in the first one's, black before it, each picture standing until the next begins, the last
 * to the end.
 */
function encodedPicture(groups: readonly (readonly Piece[])[], zeroMs: number, endMs: number): readonly string[] {
  const startS = groups.map(([first]) => ((first?.segment.startMs ?? zeroMs) - zeroMs) / 1000);
  const parts = groups.map((_, index) => {
    const untilS = startS[index + 1] ?? (endMs - zeroMs) / 1000;
    const lengthS = (untilS - (startS[index] ?? 0)).toFixed(6);
    const still = `tpad=stop_mode=clone:stop_duration=${lengthS},trim=0:${lengthS}`;
    const black = index === 0 ? `,tpad=start_duration=${(startS[0] ?? 0).toFixed(6)}:color=black` : '';
    return `[${index}:v]setpts=PTS-STARTPTS,scale=1280:720:force_original_aspect_ratio=decrease,pad=1280:720:-1:-1,setsar=1,fps=30,${still}${black}[p${index}]`;
  });
  const joined = groups.map((_, index) => `[p${index}]`).join('');
  return [...parts, `${joined}concat=n=${groups.length}:v=1:a=0,setpts=PTS+${LEAD_S}/TB[v]`];
}
