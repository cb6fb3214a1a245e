import { errorStrings } from './alert/error-strings.ts';
import { alertListStrings } from './alerts/alert-list-strings.ts';
import { captionStrings, readingStrings } from './captions/caption-strings.ts';
import { interpreterErrorStrings } from './captions/interpreter-error-strings.ts';
import { chatStrings } from './chat/chat-strings.ts';
import { consentStrings } from './consent/consent-strings.ts';
import { deviceStrings } from './devices/device-strings.ts';
import { diagnosisStrings } from './diagnosis/diagnosis-strings.ts';
import { dismissStrings } from './dismissing/dismiss-strings.ts';
import { feedbackStrings } from './feedback/feedback-strings.ts';
import { interpreterStrings } from './interpreter/interpreter-strings.ts';
import { keyboardStrings } from './keyboard/keyboard-strings.ts';
import { kioskStrings } from './kiosk/kiosk-strings.ts';
import { metricsStrings } from './metrics/metrics-strings.ts';
import { actionStrings } from './page-actions/action-strings.ts';
import { pictureStrings } from './pictures/picture-strings.ts';
import { playerStrings } from './player/player-strings.ts';
import { recorderErrorStrings, recorderStrings } from './recorder/recorder-strings.ts';
import { streamStrings } from './streams/stream-strings.ts';
import { panelStrings } from './strings.ts';
import { taskStrings } from './tasks/task-strings.ts';
import { wordStrings } from './words/word-strings.ts';

/** What the assistant, the interpreter and the kiosk show or say. */
export const assistantStrings = {
  ...panelStrings,
  ...wordStrings,
  ...chatStrings,
  ...consentStrings,
  ...dismissStrings,
  ...feedbackStrings,
  ...deviceStrings,
  ...metricsStrings,
  ...pictureStrings,
  ...actionStrings,
  ...errorStrings,
  ...captionStrings,
  ...interpreterStrings,
  ...interpreterErrorStrings,
  ...kioskStrings,
  ...keyboardStrings,
  ...diagnosisStrings,
};

/** What the player, the recorder and the desks show. */
export const mediaStrings = {
  ...recorderStrings,
  ...recorderErrorStrings,
  ...playerStrings,
  ...readingStrings,
  ...alertListStrings,
  ...streamStrings,
  ...taskStrings,
};

/** Every word the elements show or say, in one table; the `strings` property replaces any of them. */
export const english = { ...assistantStrings, ...mediaStrings };

export type Strings = Readonly<typeof english>;
