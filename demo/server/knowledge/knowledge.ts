import { join } from 'node:path';
import { cachedFetch } from './document-cache.ts';
import { toMatrix, type Embedder } from './embedder.ts';
import { readHtmlPage } from './html-page.ts';
import { readVectors, writeVectors } from './index-cache.ts';
import { createLexicon, type Lexicon } from './lexicon.ts';
import type { Page } from './page.ts';
import { cutPassages, embeddedSection, embeddedSentence, type Passages } from './passages.ts';
import { readSources, type SourceDocument } from './sources.ts';
import { readTextPage } from './text-page.ts';

/** The documents that answers may stand on, read and indexed once at start. */

export interface Knowledge extends Passages {
  /** Unit vectors, one row a passage and one a section. */
  readonly passageVectors: Float32Array;
  readonly sectionVectors: Float32Array;
  readonly lexicon: Lexicon;
}

export interface KnowledgeOptions {
  /** `KNOWLEDGE`; empty = this site's own pages. */
  readonly entries: readonly string[];
  readonly allowPrivate: boolean;
  /** Where the index is kept. */
  readonly folder: string;
  /** Citations become absolute under it. */
  readonly publicUrl: string | null;
  readonly embedder: Embedder;
  readonly log: (line: string) => void;
}

export async function openKnowledge(options: KnowledgeOptions): Promise<Knowledge> {
  const { folder, allowPrivate, log } = options;
  const documents = await readSources(options.entries, {
    fetch: cachedFetch(join(folder, 'fetched'), { allowPrivate }, (url, reason) =>
      log(`knowledge: an older copy of ${url} is used: ${reason}`),
    ),
    onFault: (entry, reason) => log(`knowledge: ${entry} was not read: ${reason}`),
  });
  const pages = documents.map((document) => readDocument(document, options.publicUrl));
  return indexPages(pages, options.embedder, folder);
}

/** `folder` null = nothing is kept. */
export async function indexPages(pages: readonly Page[], embedder: Embedder, folder: string | null): Promise<Knowledge> {
  const cut = cutPassages(pages.filter((page) => page.sections.some((section) => section.sentences.length > 0)));
  const texts = [
    ...cut.passages.map((passage) => embeddedSentence(cut, passage)),
    ...cut.sections.map((section) => embeddedSection(cut, section)),
  ];
  const vectors = await vectorsOf(texts, embedder, folder);
  const border = cut.passages.length * embedder.dimensions;
  return {
    ...cut,
    passageVectors: vectors.subarray(0, border),
    sectionVectors: vectors.subarray(border),
    lexicon: createLexicon(cut),
  };
}

async function vectorsOf(texts: readonly string[], embedder: Embedder, folder: string | null): Promise<Float32Array> {
  const key = { model: embedder.name, dimensions: embedder.dimensions, texts };
  const kept = folder === null ? null : await readVectors(folder, key);
  if (kept !== null) return kept;
  const vectors = toMatrix(await embedder.embed(texts), embedder.dimensions);
  if (folder !== null) await writeVectors(folder, key, vectors);
  return vectors;
}

function readDocument(document: SourceDocument, publicUrl: string | null): Page {
  const page = document.format === 'html' ? readHtmlPage(document.text, document.url) : readTextPage(document.text, document.url);
  return publicUrl === null ? page : { ...page, url: new URL(page.url, publicUrl).href };
}
