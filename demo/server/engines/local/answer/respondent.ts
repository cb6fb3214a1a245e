import type { Knowledge } from '../../../knowledge/knowledge.ts';
import type { Seeing } from '../../engine.ts';
import type { Library } from './documents.ts';
import type { Policy } from './policy.ts';
import type { ToolUse } from './tools/use.ts';

/** What an answer may stand on and must obey in one turn. */
export interface Respondent {
  /** The site's own pages. */
  readonly site: Knowledge;
  readonly library: Library;
  readonly policy: Policy;
  readonly tools: ToolUse;
  readonly see: Seeing;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}
