/**
 * The script of the tags: registers `<viva-voce>`; everything else is loaded from beside it when it is wanted, captions, an
 * interpreter, a player and alerts that stand alone when they are on the page.
 */

import './elements/viva-voce/define.ts';

if (document.querySelector('viva-captions') !== null) void import('./elements/captions/define.ts');
if (document.querySelector('viva-interpreter') !== null) void import('./elements/interpreter/define.ts');
if (document.querySelector('viva-player') !== null) void import('./elements/player/define.ts');
if (document.querySelector('viva-alerts') !== null) void import('./elements/alerts/define.ts');
