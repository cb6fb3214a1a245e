/** Gives the focus to an element and whatever in it wants it, without the ring that only those who work with keys need. */
export function focusQuietly(target: HTMLElement): void {
  target.focus({ focusVisible: false });
  // What the element hands the focus on to gets it from a script that told nothing of rings; where nothing had it before, browsers draw one.
  const inner = innermost();
  if (inner?.matches(':focus-visible') !== true) return;
  inner.blur();
  inner.focus({ focusVisible: false });
}

function innermost(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement != null) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement ? element : null;
}
