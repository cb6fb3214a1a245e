/** Registers every tag; the only side effect in the package. */

import './elements/alert-list/define.ts';
import './elements/alert-toasts/define.ts';
import './elements/alert/define.ts';
import './elements/alerts/define.ts';
import './elements/announcer/define.ts';
import './elements/caption-rows/define.ts';
import './elements/captions/define.ts';
import './elements/composer/define.ts';
import './elements/controls/define.ts';
import './elements/devices/define.ts';
import './elements/interpreter/define.ts';
import './elements/live-captions/define.ts';
import './elements/panel/define.ts';
import './elements/pictures/define.ts';
import './elements/player-timeline/define.ts';
import './elements/player-transcript/define.ts';
import './elements/player/define.ts';
import './elements/recorder/define.ts';
import './elements/recording-mark/define.ts';
import './elements/status/define.ts';
import './elements/still/define.ts';
import './elements/streams/define.ts';
import './elements/transcript/define.ts';
import './elements/visualizer/define.ts';
import './elements/viva-voce/define.ts';
