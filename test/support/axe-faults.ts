import axe from 'axe-core';

/** What axe finds fault with below `root`, a line each. */
export async function axeFaults(root: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
