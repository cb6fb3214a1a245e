/**
 * The script of the tags: registers `<viva-voce>`; everything else is loaded from beside it when it is wanted, what stands alone when it is
 * on the page.
 */

import './elements/viva-voce/define.ts';

if (document.querySelector('viva-captions')) void import('./elements/captions/define.ts');
if (document.querySelector('viva-interpreter')) void import('./elements/interpreter/define.ts');
if (document.querySelector('viva-player')) void import('./elements/player/define.ts');
if (document.querySelector('viva-alerts')) void import('./elements/alerts/define.ts');
if (document.querySelector('viva-streams')) void import('./elements/streams/define.ts');
if (document.querySelector('viva-recorder')) void import('./elements/recorder/define.ts');
if (document.querySelector('viva-tasks')) void import('./elements/tasks/define.ts');
