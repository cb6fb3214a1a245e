/** A box around the tag (a transform, a container) keeps what is fixed from the window; the top layer is the way out. */
export function isTrapped(fixed: HTMLElement): boolean {
  const { position, left, top } = getComputedStyle(fixed);
  const box = fixed.getBoundingClientRect();
  return position === 'fixed' && (Math.abs(box.left - parseFloat(left)) > 1 || Math.abs(box.top - parseFloat(top)) > 1);
}
