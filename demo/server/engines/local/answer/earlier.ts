/** An earlier conversation that a page tells as one text: below a heading, lines that begin with `user: ` or `assistant: `. */

export interface EarlierTurn {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

const TURN = /^(user|assistant): (.*)$/;

/** Oldest first; null when the text is something else, which is then a fact to know. */
export function readEarlier(text: string): readonly EarlierTurn[] | null {
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => TURN.test(line));
  if (from < 0 || from > 1) return null;
  const turns: { role: EarlierTurn['role']; text: string }[] = [];
  for (const line of lines.slice(from)) {
    const [, role, said = ''] = TURN.exec(line) ?? [];
    const last = turns.at(-1);
    if (role === undefined && last !== undefined) last.text += `\n${line}`;
    else turns.push({ role: role === 'user' ? 'user' : 'assistant', text: said });
  }
  return turns;
}
