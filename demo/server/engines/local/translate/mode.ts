/** An Apertium `.mode` file, which is a shell pipeline, as a command that stays resident and flushes at each NUL. */

/** One word of the pipeline: plain, or between single quotes. */
const WORD = /'[^']*'|[^\s'|]+/g;
const PROGRAM = /^[a-z][a-z0-9-]*$/;

/**
 * `mode`: the text of the file; `root`: the folder that stands for `/`, empty = the system's own. Every stage gets `-z` (null flush); `$1`
 * becomes `-n` (generation without marks for unknown words), `$2` nothing. Throws when the file is none that this understands, so that
 * nothing strange reaches a shell.
 */
export function residentCommand(mode: string, root: string): string {
  const text = mode
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .join(' ');
  const stages = text.split('|').map((stage) => words(stage, root));
  return stages.map(([program = '', ...rest]) => [program, '-z', ...rest].join(' ')).join(' | ');
}

function words(stage: string, root: string): readonly string[] {
  const found = stage.match(WORD) ?? [];
  if (found.join('') !== stage.replace(/\s+/g, '') || !PROGRAM.test(found[0] ?? ''))
    throw new Error(`a mode of Apertium is not understood: ${stage.trim()}`);
  return found.flatMap((word, index) => {
    if (index === 0) return [word];
    if (word === '$1') return ['-n'];
    if (word === '$2') return [];
    return [quoted(word.startsWith("'/") ? `${root}${word.slice(1, -1)}` : word.replaceAll("'", ''))];
  });
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
