import { settled, type CaptionLine } from '../../pipelines/caption-lines.ts';
import { show, type Effect, type Model } from './model.ts';

/** The end of an interpretation: nobody is listened to any more, and what was being said gets its last words first. */

/** Ends every stream; the wire finishes what is under way on them. */
export function ending(model: Model): readonly [Model, readonly Effect[]] {
  const streams = model.open.map(({ stream }) => stream);
  const closing = streams.map((stream): Effect => ({ to: 'wire', uplink: { type: 'close', stream } }));
  const shown = show(model, { phase: 'ending', microphone: 'off', playing: false, speaking: null });
  return [{ ...shown, live: false, open: [], closing: [...model.closing, ...streams] }, [...closing, { to: 'hush' }]];
}

/** How much later than the server the page's own ear may place the end of a sentence: its detector is told of silence 400 ms behind it. */
const LATER_MS = 450;

/**
 * The model with its end, if nothing is owed any more: every stream is over, or all that was said on them is told for good. `voicedMs`:
 * until where a stream holds speech, on its clock; null = nobody spoke.
 */
export function ended(model: Model, voicedMs: (stream: string) => number | null): Model {
  const { phase, lines, to } = model.shown;
  if (phase !== 'ending' || model.closing.some((stream) => owes(lines, stream, to !== null, voicedMs(stream)))) return model;
  return show(model, { phase: 'ended', lines: settled(lines, null) });
}

function owes(lines: readonly CaptionLine[], stream: string, translated: boolean, voicedMs: number | null): boolean {
  const said = lines.filter((line) => line.stream === stream);
  if (!said.every((line) => isTold(line, translated))) return true;
  return voicedMs !== null && voicedMs > Math.max(0, ...said.map(({ endMs }) => endMs ?? 0)) + LATER_MS;
}

/** Noise that was taken back has no translation. */
const isTold = ({ original, translation }: CaptionLine, translated: boolean): boolean =>
  original?.final === true && (!translated || original.text === '' || translation?.final === true);
