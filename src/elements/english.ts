import { errorStrings } from './alert/error-strings.ts';
import { deviceStrings } from './devices/device-strings.ts';
import { pictureStrings } from './pictures/picture-strings.ts';
import { panelStrings } from './strings.ts';
import { wordStrings } from './words/word-strings.ts';

/** Every word the elements show or say, in one table; the `strings` property replaces any of them. */
export const english = { ...panelStrings, ...wordStrings, ...deviceStrings, ...pictureStrings, ...errorStrings };

export type Strings = Readonly<typeof english>;
