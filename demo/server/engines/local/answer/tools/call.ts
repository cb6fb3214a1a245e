/** A call of a declared tool, its arguments checked against the tool's schema. */
export interface ToolCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}
