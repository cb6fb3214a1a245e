import { framesOfFile, soundOfFile } from '../../media/taps/file.ts';
import { measureWith, type Measure } from './join-parts.ts';
import type { PartFrames } from './take-frames.ts';
import type { PartSound } from './hear-recording.ts';

/** The recorded parts of a broadcast as ffmpeg reads them. */
export interface PartMedia {
  readonly measure: Measure;
  readonly framesOf: PartFrames;
  readonly soundOf: PartSound;
}

/** `program`: path of ffmpeg. Readers that are left end the program. */
export const mediaOf = (program: string): PartMedia => ({
  measure: measureWith(program),
  framesOf: (file, everyMs) => framesOfFile(program, file, everyMs),
  soundOf: (file) => soundOfFile(program, file),
});
