import axe from 'axe-core';
import { still } from './tag.ts';

/** What axe finds fault with below `root`, a line each. */
export async function axeFaults(root: Element): Promise<readonly string[]> {
  await still(root);
  const { violations } = await axe.run(root, {
    resultTypes: ['violations'],
    // WCAG 2.5.3; axe asks for it only when it is named.
    rules: { 'label-content-name-mismatch': { enabled: true } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
