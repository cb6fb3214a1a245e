import axe from 'axe-core';
import { still } from './tag.ts';

/** What axe finds fault with below `root`, a line each. */
export async function axeFaults(root: Element): Promise<readonly string[]> {
  await still(root);
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
