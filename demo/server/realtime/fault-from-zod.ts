import type { z } from 'zod';
import { RealtimeFault } from './errors.ts';

type Issue = z.core.$ZodIssue;

/** The deepest complaint of a failed union is the one that helps: a union says only that nothing fitted. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const options = issue.errors.flat().map((inner) => deepest({ ...inner, path: [...issue.path, ...inner.path] }));
  return options.reduce((best, next) => (next.path.length > best.path.length ? next : best), options[0] ?? issue);
}

const join = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    root,
  );

/** A failed check of a client event as the protocol's error, naming the field under `root`. Parse with `reportInput`. */
export function faultFromZod(error: z.ZodError, root: string): RealtimeFault {
  const first = error.issues[0];
  if (first === undefined) return new RealtimeFault('invalid_value', 'The event is not usable.', root === '' ? null : root);
  const issue = deepest(first);
  const param = join(root, issue.path).slice(0, 200);
  const missing = 'input' in issue && issue.input === undefined && issue.path.length > 0;
  if (missing) return new RealtimeFault('missing_required_parameter', `Missing required parameter: '${param}'.`, param);
  const code = issue.code === 'invalid_type' ? 'invalid_type' : 'invalid_value';
  return new RealtimeFault(
    code,
    `${param === '' ? 'Not usable' : `Invalid '${param}'`}: ${issue.message.slice(0, 300)}`,
    param === '' ? null : param,
  );
}
