/** Prints one element of a page and nothing else of it: what stands beside its ancestors is left out while the printer reads. */

const LEFT_OUT = 'data-viva-not-printed';

export function printAlone(element: Element): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@media print { [${LEFT_OUT}] { display: none !important } }`);
  const left = besides(element);
  const roots = new Set(
    [document, ...left.map((each) => each.getRootNode())].filter((root) => 'adoptedStyleSheets' in root),
  ) as Set<Document | ShadowRoot>;
  for (const each of left) each.setAttribute(LEFT_OUT, '');
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const after = (): void => {
    for (const each of left) each.removeAttribute(LEFT_OUT);
    for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  };
  addEventListener('afterprint', after, { once: true });
  print();
}

/** The siblings of an element and of everything around it, through shadow roots, that are not left out already. */
function besides(element: Element): readonly Element[] {
  const found: Element[] = [];
  for (let each: Element | null = element; each !== null && each !== document.body; each = around(each)) {
    const siblings = each.parentNode?.children ?? [];
    found.push(
      ...[...siblings].filter((other) => other !== each && other.localName !== 'style' && !other.hasAttribute(LEFT_OUT)),
    );
  }
  return found;
}

function around(element: Element): Element | null {
  const parent = element.parentNode;
  return parent instanceof ShadowRoot ? parent.host : element.parentElement;
}
