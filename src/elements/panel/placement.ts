/** How the looks and places that a page may name are those that the style sheet of the panel knows. */

/** Names that other widgets have for ours. */
const aliases: Readonly<Record<string, string>> = {
  tiny: 'compact',
  floating: 'launcher',
  sidebar: 'expanded',
  embedded: 'inline',
};

/** An attribute that was taken away is null. */
export const variantNamed = (variant: string | null): string => aliases[variant ?? 'floating'] ?? variant ?? 'launcher';

/**
 * Where the panel lies, as two sides of the window, `bottom right`: its own text may run the other way than the page that it is placed in.
 * What is no place is `bottom-end`.
 */
export function placed(placement: string | null, direction: string): string {
  const words = (placement ?? '').split('-');
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const block = words[0] === 'top' ? 'top' : 'bottom';
  const middle = placement === 'top' || placement === 'bottom';
  const inline = words.at(-1);
  if (inline === 'left' || inline === 'right') return `${block} ${inline}`;
  return `${block} ${middle ? 'middle' : inline === 'start' ? start : end}`;
}
