/** The script of the tag: registers `<viva-voce>`; everything else is loaded from beside it when it is wanted. */

import './elements/viva-voce/define.ts';
