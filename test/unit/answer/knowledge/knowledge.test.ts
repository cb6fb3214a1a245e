import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKnowledge } from '../../../../demo/server/knowledge/knowledge.ts';
import { WordEmbedder } from '../../../support/word-embedder.ts';

let folder: string;
let server: Server | null = null;
let log: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-voce-knowledge-'));
  log = [];
});
afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
  await rm(folder, { recursive: true, force: true });
});

const open = (
  entries: readonly string[],
  options: { readonly embedder?: WordEmbedder; readonly allowPrivate?: boolean; readonly publicUrl?: string } = {},
) =>
  openKnowledge({
    entries,
    allowPrivate: options.allowPrivate ?? true,
    folder: join(folder, 'index'),
    publicUrl: options.publicUrl ?? null,
    embedder: options.embedder ?? new WordEmbedder(),
    log: (line) => log.push(line),
  });

async function serve(
  pages: Readonly<
    Record<string, { readonly status?: number; readonly type?: string; readonly body?: string; readonly location?: string }>
  >,
): Promise<string> {
  server = createServer((request, response) => {
    const page = pages[request.url ?? ''] ?? { status: 404 };
    response.writeHead(page.status ?? 200, {
      'content-type': page.type ?? 'text/html',
      ...(page.location === undefined ? {} : { location: page.location }),
    });
    response.end(page.body ?? '');
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const html = '<title>Returns</title><main><p>You have thirty days.</p></main>';

describe('knowledge', () => {
  it('reads files, folders and their addresses', async () => {
    await writeFile(join(folder, 'returns.html'), html);
    await writeFile(join(folder, 'faq.md'), '# Questions\nWe open at nine.');
    await writeFile(join(folder, 'picture.png'), 'x');
    const whole = await open([folder]);
    expect(whole.pages.map(({ url, title }) => [url, title])).toEqual([
      ['/faq.md', 'Questions'],
      ['/returns.html', 'Returns'],
    ]);
    const served = await open([`${folder}=https://docs.example.com/help/`]);
    expect(served.pages[1]?.url).toBe('https://docs.example.com/help/returns.html');
    const absolute = await open([join(folder, 'returns.html')], { publicUrl: 'https://shop.example' });
    expect(absolute.pages[0]?.url).toBe('https://shop.example/returns.html');
  });

  it('reads the site itself when nothing is named', async () => {
    const site = await open([]);
    expect(site.pages.map((page) => page.url)).toContain('/demo/pages/returns.html');
  });

  it('embeds once: a later start finds the index, a changed page is embedded again', async () => {
    const file = join(folder, 'returns.html');
    await writeFile(file, html);
    const first = new WordEmbedder();
    await open([file], { embedder: first });
    expect(first.embedded).toBeGreaterThan(0);
    const second = new WordEmbedder();
    const again = await open([file], { embedder: second });
    expect(second.embedded).toBe(0);
    expect(again.passageVectors.length).toBe(again.passages.length * second.dimensions);
    await writeFile(file, html.replace('thirty', 'sixty'));
    const third = new WordEmbedder();
    await open([file], { embedder: third });
    expect(third.embedded).toBeGreaterThan(0);
  });

  it('says which source it could not read, and reads the others', async () => {
    await writeFile(join(folder, 'returns.html'), html);
    const read = await open([join(folder, 'gone.html'), join(folder, 'returns.html')]);
    expect(read.pages).toHaveLength(1);
    expect(log.join(' ')).toContain('gone.html');
  });

  it('fetches pages, follows redirects and sitemaps', async () => {
    const pages: Record<
      string,
      { readonly type?: string; readonly body?: string; readonly status?: number; readonly location?: string }
    > = {
      '/old': { status: 302, location: '/returns' },
      '/returns': { body: html },
    };
    const base = await serve(pages);
    pages['/sitemap.xml'] = { type: 'application/xml', body: `<urlset><url><loc>${base}/returns</loc></url></urlset>` };
    expect((await open([`${base}/old`])).pages.map((page) => page.url)).toEqual([`${base}/returns`]);
    expect((await open([`${base}/sitemap.xml`])).pages).toHaveLength(1);
  });

  it('uses an old copy when the server is away', async () => {
    const base = await serve({ '/returns': { body: html } });
    await open([`${base}/returns`]);
    await new Promise((resolve) => server?.close(resolve));
    server = null;
    expect((await open([`${base}/returns`])).pages).toHaveLength(1);
  });

  it('refuses private addresses, also behind a redirect or a name, unless they are allowed', async () => {
    const base = await serve({ '/returns': { body: html } });
    const port = new URL(base).port;
    expect((await open([`${base}/returns`, `http://localhost:${port}/returns`], { allowPrivate: false })).pages).toEqual([]);
    expect(log).toHaveLength(2);
    expect(log.every((line) => line.includes('private address'))).toBe(true);
  });

  it('refuses what is too large or no text', async () => {
    const base = await serve({
      '/large': { body: 'a'.repeat(2_100_000) },
      '/picture': { type: 'image/png', body: 'x' },
      '/loop': { status: 302, location: '/loop' },
    });
    expect((await open([`${base}/large`, `${base}/picture`, `${base}/loop`])).pages).toEqual([]);
    expect(log.join('\n')).toMatch(/larger than[\s\S]*image\/png[\s\S]*redirects more than/);
  });
});
