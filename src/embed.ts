/**
 * The script of the tags: registers `<viva-voce>`; everything else is loaded from beside it when it is wanted, what stands alone when it is
 * on the page.
 */

import './elements/viva-voce/define.ts';

if (document.querySelector('viva-captions') !== null) void import('./elements/captions/define.ts');
if (document.querySelector('viva-interpreter') !== null) void import('./elements/interpreter/define.ts');
if (document.querySelector('viva-player') !== null) void import('./elements/player/define.ts');
if (document.querySelector('viva-alerts') !== null) void import('./elements/alerts/define.ts');
if (document.querySelector('viva-streams') !== null) void import('./elements/streams/define.ts');
if (document.querySelector('viva-recorder') !== null) void import('./elements/recorder/define.ts');
if (document.querySelector('viva-tasks') !== null) void import('./elements/tasks/define.ts');
