import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FetchDocument } from './document-cache.ts';
import type { FetchedDocument } from './fetch-document.ts';

/** The documents behind the entries of `KNOWLEDGE`: files, folders and URLs; none given = this site's own pages. */

export interface SourceDocument {
  /** How it is cited unless it names a canonical address itself. */
  readonly url: string;
  readonly format: 'html' | 'text';
  readonly text: string;
}

export interface SourceOptions {
  readonly fetch: FetchDocument;
  /** Told of each entry that could not be read; the others still count. */
  readonly onFault: (entry: string, reason: string) => void;
}

const MAX_DOCUMENTS = 500;
const MAX_FILE_BYTES = 2_000_000;
const READABLE = new Set(['.html', '.htm', '.md', '.markdown', '.txt']);
const SITE_ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * `./docs`, `./faq.md`, `https://example.com/help`, `https://example.com/sitemap.xml`. A file or folder may say under which address it is
 * served: `./docs=https://docs.example.com/`.
 */
export async function readSources(entries: readonly string[], options: SourceOptions): Promise<SourceDocument[]> {
  const wanted = entries.length > 0 ? entries : [join(SITE_ROOT, 'demo', 'pages')];
  const root = entries.length > 0 ? null : SITE_ROOT;
  const documents: SourceDocument[] = [];
  for (const entry of wanted) {
    try {
      const found = /^https?:\/\//i.test(entry) ? await readUrl(entry, options) : await readPath(entry, root);
      documents.push(...found.slice(0, MAX_DOCUMENTS - documents.length));
      if (documents.length >= MAX_DOCUMENTS) {
        options.onFault(entry, `only the first ${String(MAX_DOCUMENTS)} documents are read`);
        break;
      }
    } catch (error) {
      options.onFault(entry, error instanceof Error ? error.message : String(error));
    }
  }
  return documents;
}

async function readUrl(entry: string, options: SourceOptions): Promise<SourceDocument[]> {
  const document = await options.fetch(entry);
  const isSitemap = /xml$/.test(document.contentType) && document.text.includes('<loc>');
  if (!isSitemap) return [fromFetched(document)];
  const listed = [...document.text.matchAll(/<loc>\s*([^<\s]+)\s*<\/loc>/g)].map((match) =>
    (match[1] ?? '').replaceAll('&amp;', '&'),
  );
  const pages: SourceDocument[] = [];
  for (const url of listed.slice(0, MAX_DOCUMENTS)) {
    try {
      pages.push(fromFetched(await options.fetch(url)));
    } catch (error) {
      options.onFault(url, error instanceof Error ? error.message : String(error));
    }
  }
  return pages;
}

function fromFetched(document: FetchedDocument): SourceDocument {
  const isText = document.contentType === 'text/plain' || document.contentType === 'text/markdown';
  return { url: document.url, format: isText ? 'text' : 'html', text: document.text };
}

async function readPath(entry: string, root: string | null): Promise<SourceDocument[]> {
  const [path = '', base = '/'] = /^(.*)=(https?:\/\/.*|\/.*)$/.exec(entry)?.slice(1) ?? [entry];
  const absolute = resolve(path);
  const folder = (await stat(absolute)).isDirectory();
  const files = folder ? await listFiles(absolute) : [absolute];
  const from = root ?? (folder ? absolute : dirname(absolute));
  return Promise.all(files.map((file) => readDocument(file, servedAt(relative(from, file), base))));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && READABLE.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (file) =>
        !relative(folder, file)
          .split(sep)
          .some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .sort()
    .slice(0, MAX_DOCUMENTS);
}

async function readDocument(file: string, url: string): Promise<SourceDocument> {
  const { size } = await stat(file);
  if (size > MAX_FILE_BYTES) throw new Error(`${basename(file)} is larger than ${String(MAX_FILE_BYTES)} bytes`);
  const format = /^\.html?$/i.test(extname(file)) ? 'html' : 'text';
  return { url, format, text: await readFile(file, 'utf8') };
}

/** `help/index.html` under `/` is `/help/`. */
function servedAt(path: string, base: string): string {
  const web = path
    .split(sep)
    .map(encodeURIComponent)
    .join('/')
    .replace(/(^|\/)index\.html?$/i, '$1');
  return `${base.replace(/\/$/, '')}/${web}`;
}
