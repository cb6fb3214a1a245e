import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../store/tables.ts';

/** What reports are made by: Markdown by name, in the database; those that come with the gateway are there from the first start. */

const DEFAULT_PROMPT = '00.default-summary.md';
export const PROMPT_LETTERS = 65_536;
/** They are listed whole, to everybody. */
const MOST_PROMPTS = 200;

export interface Prompt {
  readonly name: string;
  /** Markdown */
  readonly content: string;
}

export interface Prompts {
  /** By name. */
  list(): Promise<readonly Prompt[]>;
  /** Null: there is none of this name. */
  read(name: string): Promise<Prompt | null>;
  /** The one that is meant where none is named. */
  standard(): Promise<Prompt>;
  /** `name`: one of `promptName`. Makes it where there is none; null = there are too many already. */
  write(prompt: Prompt): Promise<Prompt | null>;
}

/** Those that come with the gateway, where they are not there yet: what was edited stays. */
export async function openPrompts(database: Database): Promise<Prompts> {
  const shipped = shippedPrompts();
  const now = new Date();
  await database
    .insertInto('livestream_prompts')
    .values(shipped.map((prompt) => ({ ...prompt, updated_at: now })))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();

  const read = async (name: string): Promise<Prompt | null> =>
    (await database
      .selectFrom('livestream_prompts')
      .select(['name', 'content'])
      .where('name', '=', name.normalize('NFC'))
      .executeTakeFirst()) ?? null;

  return {
    read,
    list: async () => {
      const rows = await database.selectFrom('livestream_prompts').select(['name', 'content']).execute();
      // Not by the database's collation, which differs between servers.
      return rows.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    standard: async () => {
      const found = (await read(DEFAULT_PROMPT)) ?? shipped.find(({ name }) => name === DEFAULT_PROMPT);
      if (found === undefined) throw new Error(`${DEFAULT_PROMPT} is missing beside ${import.meta.filename}.`);
      return found;
    },
    write: ({ name, content }) =>
      database.transaction().execute(async (transaction) => {
        const updated_at = new Date();
        const changed = await transaction
          .updateTable('livestream_prompts')
          .set({ content, updated_at })
          .where('name', '=', name)
          .returning(['name', 'content'])
          .executeTakeFirst();
        if (changed !== undefined) return changed;
        const { n } = await transaction
          .selectFrom('livestream_prompts')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow();
        if (n >= MOST_PROMPTS) return null;
        return transaction
          .insertInto('livestream_prompts')
          .values({ name, content, updated_at })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ content, updated_at }))
          .returning(['name', 'content'])
          .executeTakeFirstOrThrow();
      }),
  };
}

/** Read once a start. */
function shippedPrompts(): readonly Prompt[] {
  const folder = join(import.meta.dirname, 'shipped');
  return readdirSync(folder).map((file) => ({
    name: file.normalize('NFC'),
    content: readFileSync(join(folder, file), 'utf8').trim(),
  }));
}
