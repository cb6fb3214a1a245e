/** The elements that have nothing to show before something is said or fails; fetched then, so that a conversation can begin sooner. */

import '../alert/define.ts';
import '../announcer/define.ts';
import '../captions/define.ts';
import '../transcript/define.ts';
import '../visualizer/define.ts';
