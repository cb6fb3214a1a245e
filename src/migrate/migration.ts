/** What another widget's attributes come to as ours; each rule is a row of a table, and what no rule knows is named. */

export interface Migration {
  /** Attribute of `<viva-voce>`, or custom property (`--viva-…`), → value. */
  readonly entries: Readonly<Record<string, string>>;
  /** Attributes that have no counterpart, by name. */
  readonly dropped: readonly string[];
}

/** One value of an attribute as entries; `.word` is one of the words, the others are as in `Migration`. */
export type Rule = (value: string) => Readonly<Record<string, string>> | null;

/** Attribute → its rule. */
export type Attributes = ReadonlyMap<string, Rule>;

/** A tag of another widget: its attributes, and what it takes for granted where they are missing. */
export interface Rules {
  readonly attributes: Attributes;
  readonly assumed?: Readonly<Record<string, string>>;
}

type Kind = (ours: string) => Rule;

/** Rules of one kind: `theirs` or `theirs=ours`, with spaces between. */
export const rows = (kind: Kind, table: string): readonly (readonly [string, Rule])[] =>
  table.split(' ').map((row) => {
    const [theirs, ours = theirs] = row.split('=') as [string, string?];
    return [theirs, kind(ours)];
  });

/** The same value under our name, or under two with `+` between. */
export const as: Kind = (ours) => (value) => Object.fromEntries(ours.split('+').map((name) => [name, value]));

/** Set when theirs is there and not `false`: an attribute, or one with a value (`mode:chat`). */
export const whenTrue: Kind = (ours) => (value) => {
  const [name, set = ''] = ours.split(':') as [string, string?];
  return value === 'false' ? {} : { [name]: set };
};

/** What ours always does: only that it is switched off has no counterpart. */
export const always: Kind = () => (value) => (value === 'false' ? null : {});

/** One of their values as one of ours, `theirs=ours` with spaces between; any other has no counterpart. */
export const choice = (name: string, pairs: string): Rule => {
  const ours = new Map(pairs.split(' ').map((pair) => pair.split('=') as [string, string]));
  return (value) => (ours.has(value) ? { [name]: ours.get(value) ?? value } : null);
};

/** Attributes that any element may have, and which stay where they are. */
const everybodys = /^(class|id|style|slot|part|title|hidden|lang|dir|(data|aria)-.*)$/;

/** `own`: attributes of `<viva-voce>` that a page has already put beside the old ones; they win. */
export function migrate(rules: Rules, given: Readonly<Record<string, string>>, own: readonly string[]): Migration {
  const entries: Record<string, string> = {};
  const ours: Record<string, string> = {};
  const words: Record<string, string> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries({ ...rules.assumed, ...given })) {
    const rule = rules.attributes.get(name);
    const made = rule?.(value) ?? null;
    if (!rule && own.includes(name)) ours[name] = value;
    else if (made === null && !everybodys.test(name)) dropped.push(name);
    for (const [key, told] of Object.entries(made ?? {})) {
      if (key.startsWith('.')) {
        words[key.slice(1)] = told;
        entries['strings'] = JSON.stringify(words);
      } else entries[key] = told;
    }
  }
  return { entries: { ...entries, ...ours }, dropped };
}
