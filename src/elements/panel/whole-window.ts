/**
 * A panel that is to fill the window and does not, because a box around the tag (a transform, a container) keeps what is fixed to itself,
 * goes into the top layer.
 */
export function fillWindow(panel: HTMLElement): void {
  const { width, height } = document.documentElement.getBoundingClientRect();
  const box = panel.getBoundingClientRect();
  const off = Math.max(Math.abs(box.left), Math.abs(box.top), innerWidth - box.width, Math.min(innerHeight, height) - box.height);
  const scrollbar = innerWidth - width;
  if (panel.popover === null && off <= Math.max(1, scrollbar)) return;
  panel.popover = 'manual';
  panel.togglePopover(true);
}
