import { VivaRecordingMark } from '../recording-mark/recording-mark.ts';
import { TitleMark } from './title-mark.ts';

/** The one mark of a page, for all its recorders together. */

interface Shown {
  readonly label: string;
  readonly paused: boolean;
}

const TITLE_RECORDING = '● ';
const TITLE_PAUSED = '❚❚ ';

const recorders = new Map<object, Shown>();
const title = new TitleMark();
let mark: VivaRecordingMark | null = null;

/** `shown` null: this recorder records nothing. */
export function indicate(recorder: object, shown: Shown | null): void {
  if (shown === null) recorders.delete(recorder);
  else recorders.set(recorder, shown);
  const all = [...recorders.values()];
  const running = all.find(({ paused }) => !paused) ?? all[0];
  if (running === undefined) {
    mark?.remove();
    mark = null;
    title.show('');
    return;
  }
  mark ??= new VivaRecordingMark();
  mark.label = running.label;
  mark.paused = running.paused;
  if (!mark.isConnected) document.body.append(mark);
  title.show(running.paused ? TITLE_PAUSED : TITLE_RECORDING);
}
