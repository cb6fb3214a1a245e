import type { FinalLine } from '../../../../demo/server/rtstream/transcript/transcript-event.ts';

let lines = 0;

/** A final line whose words share its time. ms */
export function line(text: string, startMs: number, endMs: number): FinalLine {
  const said = text.split(' ');
  const each = (endMs - startMs) / said.length;
  return {
    type: 'final',
    line: `ln-${String(++lines)}`,
    text,
    language: 'en',
    startMs,
    endMs,
    words: said.map((word, at) => ({ text: word, startMs: startMs + at * each, endMs: startMs + (at + 1) * each })),
  };
}
