/**
 * The script of the tags: registers `<viva-voce>`; everything else is loaded from beside it when it is wanted, what stands alone when it is
 * on the page.
 */

import './elements/viva-voce/define.ts';

/** What stands alone, and is also found when it is put on the page later. */
const alone = 'captions,interpreter,player,alerts,streams,recorder,tasks,tool'.replace(/\w+/g, 'viva-$&:not(:defined)');
const look = (): void => {
  if (document.querySelector(alone) !== null) void import('./alone.ts').then((module) => module.define());
};
look();
new MutationObserver(look).observe(document, { childList: true, subtree: true });
