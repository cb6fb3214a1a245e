import { errorStrings } from './alert/error-strings.ts';
import { alertListStrings } from './alerts/alert-list-strings.ts';
import { captionStrings } from './captions/caption-strings.ts';
import { interpreterErrorStrings } from './captions/interpreter-error-strings.ts';
import { deviceStrings } from './devices/device-strings.ts';
import { interpreterStrings } from './interpreter/interpreter-strings.ts';
import { pictureStrings } from './pictures/picture-strings.ts';
import { playerStrings } from './player/player-strings.ts';
import { recorderErrorStrings, recorderStrings } from './recorder/recorder-strings.ts';
import { panelStrings } from './strings.ts';
import { taskStrings } from './tasks/task-strings.ts';
import { wordStrings } from './words/word-strings.ts';

/** Every word the elements show or say, in one table; the `strings` property replaces any of them. */
export const english = {
  ...panelStrings,
  ...wordStrings,
  ...deviceStrings,
  ...pictureStrings,
  ...errorStrings,
  ...captionStrings,
  ...interpreterStrings,
  ...interpreterErrorStrings,
  ...recorderStrings,
  ...recorderErrorStrings,
  ...playerStrings,
  ...alertListStrings,
  ...taskStrings,
};

export type Strings = Readonly<typeof english>;
