import { readFileSync } from 'node:fs';
import { Marked, type Token, type Tokens } from 'marked';
import type { ElementsManifest } from '../../demo/docs/manifest.ts';
import { render } from '../../demo/docs/site/markdown.ts';
import { linkTarget, pages, type Page } from '../../demo/docs/site/pages.ts';

/** What the guides name exists: the pages and headings they link to, and every tag, attribute, event, part, slot and custom property. */

interface Names {
  /** Tag → its attributes. */
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>;
  readonly attributes: ReadonlySet<string>;
  readonly properties: ReadonlySet<string>;
  readonly methods: ReadonlySet<string>;
  readonly events: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
  readonly slots: ReadonlySet<string>;
  readonly custom: ReadonlySet<string>;
}

/** What any element takes. */
const everywhere =
  /^(?:id|class|slot|part|style|hidden|lang|dir|title|role|tabindex|is|popover|ref|key|data-.*|aria-.*|on.*|[:@#{[(*.].*|.*:.*)$/;

/** Attributes that guides write about and that are HTML’s own. */
const native = new Set(
  'type src rel href allow integrity crossorigin name for content http-equiv media open value controls muted poster lang'.split(
    ' ',
  ),
);

/** Names of ours that are no element’s: keys in storage, policies, the package. */
const others = new Set(['viva-voce', 'viva-kiosk-room', 'viva-kiosk-reloads']);

const named = (list: readonly { readonly name?: string }[] | undefined): readonly string[] =>
  (list ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));

function namesOf({ modules }: ElementsManifest): Names {
  const elements = modules.flatMap(({ declarations }) => declarations ?? []).filter(({ tagName }) => tagName !== undefined);
  const all = (of: (element: (typeof elements)[number]) => readonly string[]): ReadonlySet<string> =>
    new Set(elements.flatMap(of));
  const members = (kind: string) =>
    all((each) => named(each.members?.filter((member) => member.kind === kind && member.privacy === undefined)));
  return {
    tags: new Map(elements.map(({ tagName = '', attributes }) => [tagName, new Set(named(attributes))])),
    attributes: all(({ attributes }) => named(attributes)),
    properties: new Set([
      ...members('field'),
      ...all(({ attributes }) => (attributes ?? []).flatMap(({ fieldName }) => fieldName ?? [])),
    ]),
    methods: members('method'),
    events: all(({ events }) => named(events)),
    parts: all(({ cssParts }) => named(cssParts)),
    slots: all(({ slots }) => named(slots)),
    custom: all(({ cssProperties }) => named(cssProperties)),
  };
}

/** Heading of a table’s first column → what its names are. */
const columns: Readonly<Record<string, keyof Omit<Names, 'tags'>>> = {
  attribute: 'attributes',
  property: 'properties',
  method: 'methods',
  event: 'events',
  part: 'parts',
  slot: 'slots',
  'custom property': 'custom',
  token: 'custom',
};

/** Tags with their attributes as markup writes them; values, also of JSON with `>` in them, are passed over. */
function markupFaults(text: string, names: Names): readonly string[] {
  return [...text.matchAll(/<(viva-[a-z-]+)((?:\s+[^\s=>"'/]+(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^\s>"']+))?)*)/g)].flatMap(
    ([, tag = '', rest = '']) => {
      const attributes = names.tags.get(tag);
      if (attributes === undefined) return [`<${tag}> is no element`];
      const written = [...rest.matchAll(/\s([^\s=>"'/]+)(?:=(?:"[^"]*"|'[^']*'|\{[^}]*\}|[^\s>"']+))?/g)].map(
        ([, name = '']) => name,
      );
      return written
        .filter((name) => !attributes.has(name) && !everywhere.test(name) && !/[{}…\\]/.test(name))
        .map((name) => `<${tag}> has no attribute ${name}`);
    },
  );
}

function styleFaults(text: string, names: Names): readonly string[] {
  const unknown = (pattern: RegExp, known: ReadonlySet<string>, what: string) =>
    [...text.matchAll(pattern)]
      .map(([, name = '']) => name)
      .filter((name) => !known.has(name) && name !== 'name')
      .map((name) => `${name} is no ${what}`);
  return [
    ...unknown(/(--viva-[a-z]+(?:-[a-z]+)*)(?![\w*-])/g, names.custom, 'custom property'),
    ...unknown(/::part\(([\w-]+)\)/g, names.parts, 'part'),
    ...unknown(/'(viva-[a-z-]+)',\s*(?:async\s*)?\(/g, names.events, 'event'),
  ];
}

function spanFaults(text: string, names: Names): readonly string[] {
  const faults = [...markupFaults(text, names), ...styleFaults(text, names)];
  if (/^viva-[a-z]+(?:-[a-z]+)*$/.test(text) && !names.events.has(text) && !names.tags.has(text) && !others.has(text))
    faults.push(`${text} is no event and no tag`);
  const attribute = /^([a-z][a-z-]*)=(?:"[^"]*"|'[^']*')$/.exec(text)?.[1];
  if (attribute !== undefined && !names.attributes.has(attribute) && !native.has(attribute) && !everywhere.test(attribute))
    faults.push(`${attribute} is no attribute`);
  return faults;
}

function tableFaults({ header, rows }: Tokens.Table, names: Names): readonly string[] {
  const kind = columns[header[0]?.text.toLowerCase().replace(/s$/, '') ?? ''];
  if (kind === undefined) return [];
  return rows.flatMap(([first]) =>
    [...(first?.text ?? '').matchAll(/`([^`]+)`/g)]
      .map(([, span = '']) => span.replace(/[(=\s].*$/, ''))
      .filter((name) => /^[\w-]+$/.test(name) && !names[kind].has(name))
      .map((name) => `${name} is in a table of ${kind} and is none`),
  );
}

function linkFaults(
  page: Page,
  href: string,
  all: readonly Page[],
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  if (/^[a-z][\w+.-]*:|^\//i.test(href)) return [];
  const target = linkTarget(page, href, all);
  if (target === null) return /\.(?:html|md)(?:#|$)/.test(href) ? [`links to ${href}, which is no page`] : [];
  const [path = '', anchor] = target.split('#');
  const name = path === '' ? page.name : path === './' ? 'index' : path.replace(/^\.\//, '').replace(/\.html$/, '');
  const there = anchors.get(name);
  if (there === undefined) return [`links to ${href}, which is no page`];
  return anchor === undefined || there.has(anchor) ? [] : [`links to ${href}, where there is no such heading`];
}

/** The figures of the feature table that the manifest has. */
function countFaults({ name, markdown }: Page, { modules }: ElementsManifest): readonly string[] {
  const tag = modules.flatMap(({ declarations }) => declarations ?? []).find(({ tagName }) => tagName === 'viva-voce');
  if (name !== 'features' || tag === undefined) return [];
  const [attributes, events] = [tag.attributes?.length ?? 0, tag.events?.length ?? 0];
  return [
    markdown.includes(`${attributes} on \`<viva-voce>\``) ? [] : [`<viva-voce> has ${attributes} attributes`],
    markdown.includes(`${events}, typed`) ? [] : [`<viva-voce> has ${events} events`],
  ].flat();
}

/** README is no page of the site; its names are checked all the same, its links elsewhere. */
const readme = (): Page => ({
  name: 'README',
  title: 'README',
  section: '',
  markdown: readFileSync('README.md', 'utf8'),
  source: 'README.md',
});

/** Everything in the guides that is not there, as sentences. */
export function guideFaults(manifest: ElementsManifest): readonly string[] {
  const names = namesOf(manifest);
  const all = pages(manifest);
  const anchors = new Map(
    all.map((page) => {
      const written = [...page.markdown.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id);
      return [page.name, new Set([...render(page, all).headings.map(({ anchor }) => anchor), ...written])] as const;
    }),
  );
  const faultsOf = (page: Page): readonly string[] => {
    const faults: string[] = [...countFaults(page, manifest)];
    // Protocols have methods, events and attributes of their own.
    const ours = page.source?.startsWith('demo/docs/') === true || page.source === 'README.md';
    const look = (token: Token): void => {
      if (token.type === 'link' && page.source !== 'README.md')
        faults.push(...linkFaults(page, (token as Tokens.Link).href, all, anchors));
      if (!ours) return;
      if (token.type === 'codespan') faults.push(...spanFaults((token as Tokens.Codespan).text, names));
      else if (token.type === 'table') faults.push(...tableFaults(token as Tokens.Table, names));
      else if (token.type === 'code') {
        const { text, lang = '' } = token as Tokens.Code;
        if (/^(?:html|css|js|ts)\b/.test(lang)) faults.push(...markupFaults(text, names), ...styleFaults(text, names));
      }
    };
    const marked = new Marked();
    void marked.walkTokens(marked.lexer(page.markdown), look);
    return faults.map((fault) => `${page.source ?? page.name}: ${fault}`);
  };
  return [...all.filter(({ name, source }) => source !== null && name !== 'changelog'), readme()].flatMap(faultsOf);
}
