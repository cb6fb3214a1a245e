import type { TaskFrame, TaskManuscript } from '../../session/tasks.ts';

/** A manuscript as the files the service itself has of it (`specs/livestream.md` §Routes 14), and found in. Pure. */

export function manuscriptJson({ title, frames }: TaskManuscript): string {
  const data = frames.map(({ number, filename, text }) => ({ frame_number: number, filename, content: text }));
  return `${JSON.stringify({ title, total_frames: frames.length, data }, null, 2)}\n`;
}

export function manuscriptMarkdown({ title, frames }: TaskManuscript): string {
  const parts = frames.map(({ number, filename, text }) => `--- (frame ${number} | ${filename})\n\n${text}\n`);
  return [`# ${title}\n`, ...parts].join('\n');
}

/** Those in whose text every word of `search` stands. */
export function framesWith(frames: readonly TaskFrame[], search: string): readonly TaskFrame[] {
  const words = search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return frames;
  return frames.filter(({ text }) => {
    const small = text.toLocaleLowerCase();
    return words.every((word) => small.includes(word));
  });
}
