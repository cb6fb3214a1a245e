import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { ElementsManifest } from '../manifest.ts';
import { elementPages } from './reference.ts';

/** What the documentation consists of: the guides beside this folder, documents that lie elsewhere in the repository, the elements. */

export const root = join(import.meta.dirname, '../../..');
const guideFolder = join(root, 'demo/docs');

export interface Page {
  /** The file without its ending: `index`, `embedding`, `protocol-rtvt`. */
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly markdown: string;
  /** Path in the repository, null = made by the build. */
  readonly source: string | null;
  /** Absent in the list of pages; reached from another page. */
  readonly unlisted?: boolean;
}

/** Heading of the navigation → guides in their order. Those that are not there yet are left out; those that no heading names are `More`. */
const sections: Readonly<Record<string, readonly string[]>> = {
  'Begin here': ['index', 'examples', 'embedding', 'frameworks', 'kiosk'],
  'The assistant': ['conversation', 'theming', 'languages', 'devices', 'page-actions', 'interpreter'],
  'Streams and broadcasts': ['streams', 'livestream'],
  'The server': ['gateway', 'tokens', 'privacy'],
  Reference: ['elements', 'names', 'troubleshooting'],
  Protocols: [],
  Project: ['scope', 'features', 'complaints'],
};

/** Documents that lie beside the code they tell of: path → page and heading. */
const elsewhere: Readonly<Record<string, readonly [name: string, section: string]>> = {
  'src/protocols/realtime/PROTOCOL.md': ['protocol-realtime', 'Protocols'],
  'src/protocols/rtvt/PROTOCOL.md': ['protocol-rtvt', 'Protocols'],
  'src/protocols/rtstream/PROTOCOL.md': ['protocol-rtstream', 'Protocols'],
  'src/protocols/livestream/PROTOCOL.md': ['protocol-livestream', 'Protocols'],
  'src/protocols/capture/PROTOCOL.md': ['protocol-capture', 'Protocols'],
  'demo/server/realtime/PROTOCOL.md': ['gateway-realtime', 'Protocols'],
  'demo/server/rtvt/PROTOCOL.md': ['gateway-rtvt', 'Protocols'],
  'demo/server/rtstream/api/PROTOCOL.md': ['gateway-rtstream', 'Protocols'],
  'demo/server/rtstream/channels/PROTOCOL.md': ['gateway-channels', 'Protocols'],
  'demo/server/rtstream/alerts/WEBHOOKS.md': ['gateway-webhooks', 'Protocols'],
  'demo/server/capture/PROTOCOL.md': ['gateway-capture', 'Protocols'],
  'demo/server/rooms/PROTOCOL.md': ['gateway-rooms', 'Protocols'],
  'CONTRIBUTING.md': ['contributing', 'Project'],
  'README.md': ['environment', 'The server'],
  'SECURITY.md': ['security', 'Project'],
  'CHANGELOG.md': ['changelog', 'Project'],
};

const titleOf = (markdown: string): string => /^# (.+)$/m.exec(markdown)?.[1]?.replaceAll('`', '') ?? '';

/** Of the README the table of the environment alone: the rest of it is what the site tells at length. */
const partOf = (source: string, markdown: string): string =>
  source === 'README.md' ? (/^## Environment\n[^]*?(?=^## )/m.exec(markdown)?.[0].slice(1) ?? '') : markdown;

function pageOf(source: string, name: string, section: string): Page {
  const markdown = partOf(source, readFileSync(join(root, source), 'utf8'));
  return { name, title: titleOf(markdown), section, markdown, source };
}

/** Every page, in the order of the navigation. `manifest`: null = without the elements, whose page then says how to make it. */
export function pages(manifest: ElementsManifest | null): readonly Page[] {
  const guides = readdirSync(guideFolder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => basename(name, '.md'));
  const headings = new Map(Object.entries(sections).flatMap(([heading, names]) => names.map((name) => [name, heading] as const)));
  const order = [...headings.keys()];
  const rank = ({ name }: Page): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const all = [
    ...guides.map((name) => pageOf(`demo/docs/${name}.md`, name, headings.get(name) ?? 'More')).sort((a, b) => rank(a) - rank(b)),
    ...Object.entries(elsewhere)
      .filter(([path]) => existsSync(join(root, path)))
      .map(([path, [name, section]]) => pageOf(path, name, section)),
    ...elementPages(manifest),
  ];
  const sectionOrder = [...Object.keys(sections), 'More'];
  return sectionOrder.flatMap((section) => all.filter((page) => page.section === section));
}

/**
 * Where a link of `page` leads on the site: `gateway.html#start` for `gateway.md#start` and `gateway.html#start`; null for a file of the
 * repository that is no page; the address as it is for what lies elsewhere.
 */
export function linkTarget(page: Page, href: string, all: readonly Page[]): string | null {
  if (/^[a-z][\w+.-]*:|^\/|^#/i.test(href)) return href;
  const [path = '', anchor] = href.split('#');
  const end = anchor === undefined ? '' : `#${anchor}`;
  if (/^(?:\.\/)?[\w-]*(?:\.html)?$/.test(path)) return href;
  const folder = page.source === null ? guideFolder : join(root, dirname(page.source));
  const source = relative(root, resolve(folder, path));
  const found = all.find((each) => each.source === source);
  return found === undefined ? null : `${found.name === 'index' ? './' : `${found.name}.html`}${end}`;
}
