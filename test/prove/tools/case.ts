import type { AnswerTool } from '../../../demo/server/engines/engine.ts';

/** One utterance and what is right for it. */
export interface ToolCase {
  readonly say: string;
  /** The tool to be called, null = none may be. */
  readonly tool: string | null;
  /** Arguments that a right call holds, exactly; strings are compared without case. Others must not be there unless `also` allows them. */
  readonly args?: Readonly<Record<string, unknown>>;
  /** Arguments that may be there or not. */
  readonly also?: readonly string[];
  /** It must ask for something that is missing instead of calling. */
  readonly asks?: boolean;
}

export interface ToolSet {
  readonly tools: readonly AnswerTool[];
  readonly cases: readonly ToolCase[];
}

/** A tool with an object schema, written short. */
export function tool(
  name: string,
  description: string,
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[] = [],
): AnswerTool {
  return { name, description, parameters: { type: 'object', properties, required, additionalProperties: false } };
}
