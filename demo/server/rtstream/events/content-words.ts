/** What remains of a prompt when what every prompt says is left out. Pure. */

export const GENERIC = new Set(
  (
    'user users screen application applications app apps program window windows page pages visible shown shows show showing displayed displays display appear appears appeared appearing open opens opened opening close closes closed ' +
    'see sees seen seeing detect detected detects when someone somebody anyone person current currently video camera frame picture image scene event alert notify trigger there is are was were be been being the a an of to in on at for ' +
    'with and or but by from into this that it its has have had does do did no not any some if whenever while as their his her they he she we you i new starts start started launches launched enters entered leaves left switches switched ' +
    'turns turned becomes goes went comes came walks says said say mentions mentioned mention asks asked ask talks talking talked about speaks discusses customer caller speaker agent employee visitor somebody participant tells told ' +
    'which who what where how up down out off please software website site desktop monitor display user’s view viewing views looking looks look at using uses use without nobody being still now more than least most exactly only one two three four five six seven eight nine ten single couple several many fewer word words phrase text during call meeting'
  ).split(' '),
);

export function contentWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}$€£%'’-]+/gu) ?? [])
    .map((word) => word.replace(/^['’-]+|['’-]+$/g, '').replace(/['’]s$/, ''))
    .filter((word) => word.length > 1 && !GENERIC.has(word))
    .join(' ');
}

/** As a regular expression that finds it literally. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
