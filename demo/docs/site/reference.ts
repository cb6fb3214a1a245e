import type { ElementDeclaration, ElementsManifest, Named } from '../manifest.ts';
import type { Page } from './pages.ts';

/** The elements' reference, out of their manifest: a page for each, and one that lists them. */

/** What a page of somebody's own begins with; the rest are the parts that these are made of. */
const alone = ['voce', 'captions', 'interpreter', 'player', 'alerts', 'streams', 'recorder', 'tasks', 'tool'].map(
  (name) => `viva-${name}`,
);

type Member = NonNullable<ElementDeclaration['members']>[number] & {
  readonly type?: { readonly text: string };
  readonly return?: { readonly type?: { readonly text: string } };
  readonly parameters?: readonly { readonly name: string; readonly optional?: boolean }[];
};

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').trim();
const code = (text: string): string => (text === '' ? '' : `\`${cell(text)}\``);

function table(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

const named = (list: readonly Partial<Named>[] | undefined, unnamed = ''): readonly (readonly string[])[] =>
  (list ?? []).map(({ name = '', description = '' }) => [name === '' ? unnamed : code(name), cell(description)]);

const signature = ({ name, parameters = [] }: Member): string =>
  `${name}(${parameters.map((each) => `${each.name}${each.optional === true ? '?' : ''}`).join(', ')})`;

/** A constructor's own, what is Lit's, and what is marked `@internal` (which has no description in the manifest) is nobody's business. */
function openMembers({ members, attributes }: ElementDeclaration): readonly Member[] {
  const reflected = new Set((attributes ?? []).map(({ fieldName }) => fieldName));
  return ((members ?? []) as readonly Member[]).filter(
    ({ name, privacy, static: fixed, description, kind }) =>
      privacy === undefined &&
      fixed !== true &&
      !name.startsWith('#') &&
      !/Callback$/.test(name) &&
      (kind === 'method' ? description !== undefined || isOwn(name) : description !== undefined && !reflected.has(name)),
  );
}

const lifecycle = new Set(['render', 'willUpdate', 'update', 'updated', 'firstUpdated', 'createRenderRoot', 'own', 'focus']);
const isOwn = (name: string): boolean => !lifecycle.has(name);

function body(element: ElementDeclaration): string {
  const open = openMembers(element);
  const property = (attribute: string): string =>
    (element.attributes ?? []).find(({ name }) => name === attribute)?.fieldName ?? '';
  return [
    element.description ?? '',
    table(
      'Attributes',
      ['attribute', 'property', 'meaning'],
      (element.attributes ?? []).map(({ name, description = '' }) => [code(name), code(property(name)), cell(description)]),
    ),
    table(
      'Properties',
      ['property', 'type', 'meaning'],
      open
        .filter(({ kind }) => kind === 'field')
        .map(({ name, type, description = '' }) => [code(name), code(type?.text ?? ''), cell(description)]),
    ),
    table(
      'Methods',
      ['method', 'gives', 'meaning'],
      open
        .filter(({ kind }) => kind === 'method')
        .map((member) => [code(signature(member)), code(member.return?.type?.text ?? ''), cell(member.description ?? '')]),
    ),
    table(
      'Events',
      ['event', 'class', 'meaning'],
      (element.events ?? []).map(({ name = '', type, description = '' }) => [
        code(name),
        code(type?.text ?? ''),
        cell(description),
      ]),
    ),
    table('Slots', ['slot', 'meaning'], named(element.slots, 'without a name')),
    table('Parts', ['part', 'meaning'], named(element.cssParts)),
    table('Custom properties', ['custom property', 'meaning'], named(element.cssProperties)),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

const row = ({ tagName = '', description = '' }: ElementDeclaration): readonly string[] => [
  `[\`<${tagName}>\`](${tagName}.html)`,
  cell(description),
];

export function elementPages(manifest: ElementsManifest | null): readonly Page[] {
  const elements = (manifest?.modules ?? [])
    .flatMap(({ declarations }) => declarations ?? [])
    .filter(({ tagName }) => tagName !== undefined);
  const rank = (tag = ''): number => (alone.includes(tag) ? alone.indexOf(tag) : alone.length);
  const sorted = [...elements].sort(
    (a, b) => rank(a.tagName) - rank(b.tagName) || (a.tagName ?? '').localeCompare(b.tagName ?? ''),
  );
  const list = [
    '# Elements',
    'Made from the custom-elements manifest, which is made from the code. `npm run check` compares both, so a name that stands here exists.',
    table('On your page', ['tag', 'what it is'], sorted.filter(({ tagName = '' }) => alone.includes(tagName)).map(row)),
    table(
      'What those are made of',
      ['tag', 'what it is'],
      sorted.filter(({ tagName = '' }) => !alone.includes(tagName)).map(row),
    ),
  ].join('\n\n');
  const page = (name: string, title: string, markdown: string): Page => ({
    name,
    title,
    section: 'Reference',
    markdown,
    source: null,
  });
  return [
    page('elements', 'Elements', list),
    ...sorted.map((element) => {
      const tag = element.tagName ?? '';
      const shown = page(tag, `<${tag}>`, `# \`<${tag}>\`\n\n${body(element)}`);
      return alone.includes(tag) ? shown : { ...shown, unlisted: true };
    }),
  ];
}
