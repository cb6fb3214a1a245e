/** For pages that change over from another widget: registers `<viva-voce>`, and the tags of those widgets as stand-ins for it. */

import './elements/viva-voce/define.ts';
import { defineStandIns } from './migrate/stand-in.ts';

// A server that renders pages imports this too.
if (typeof HTMLElement !== 'undefined') defineStandIns();
