import { PublishedError } from './published-error.ts';

/** How burnt-in captions look: VideoDB's names in either spelling, as the renderer (libass) reads them; nothing else gets through. */

type Check = (value: unknown) => string | null;

const number =
  (least: number, most: number): Check =>
  (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most ? String(value) : null;
const flag: Check = (value) => (typeof value === 'boolean' ? (value ? '1' : '0') : number(-1, 1)(value));
const colour: Check = (value) => (typeof value === 'string' && /^&H[0-9A-Fa-f]{6,8}&?$/.test(value) ? value : null);
const font: Check = (value) => (typeof value === 'string' && /^[\p{L}\p{N} -]{1,60}$/u.test(value) ? value : null);

const STYLE: Readonly<Record<string, readonly [name: string, check: Check]>> = {
  fontname: ['FontName', font],
  fontsize: ['FontSize', number(4, 200)],
  primarycolour: ['PrimaryColour', colour],
  secondarycolour: ['SecondaryColour', colour],
  outlinecolour: ['OutlineColour', colour],
  backcolour: ['BackColour', colour],
  bold: ['Bold', flag],
  italic: ['Italic', flag],
  underline: ['Underline', flag],
  strikeout: ['StrikeOut', flag],
  scalex: ['ScaleX', number(0.1, 500)],
  scaley: ['ScaleY', number(0.1, 500)],
  spacing: ['Spacing', number(-20, 100)],
  angle: ['Angle', number(-360, 360)],
  borderstyle: ['BorderStyle', number(1, 4)],
  outline: ['Outline', number(0, 20)],
  shadow: ['Shadow', number(0, 20)],
  alignment: ['Alignment', number(1, 11)],
  marginl: ['MarginL', number(0, 2000)],
  marginr: ['MarginR', number(0, 2000)],
  marginv: ['MarginV', number(0, 2000)],
};

/** `FontSize=24,Bold=1`. Throws `PublishedError` `bad-style` naming the field; what the renderer does not know is left out. */
export function forceStyle(style: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  for (const [key, value] of Object.entries(style)) {
    const known = STYLE[key.replace(/_/g, '').toLowerCase().replace('color', 'colour')];
    if (known === undefined || value === null || value === undefined) continue;
    const [name, check] = known;
    const text = check(value);
    if (text === null)
      throw new PublishedError('bad-style', `${key} is no value for ${name}.`, { field: `subtitle_style.${key}` });
    parts.push(`${name}=${text}`);
  }
  return parts.join(',');
}
