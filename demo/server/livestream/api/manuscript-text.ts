import type { Manuscript } from '../analysis/analysis.ts';

/** The manuscript as one text (spec §Routes 14). Pure. */
export const manuscriptText = ({ title, data }: Manuscript): string =>
  [
    `# ${title.replace(/\s+/g, ' ')}`,
    ...data.map(({ frame_number, filename, content }) => `--- (frame ${String(frame_number)} | ${filename}) ---\n${content}`),
  ].join('\n\n');
