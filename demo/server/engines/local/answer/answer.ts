import { join } from 'node:path';
import type { Config } from '../../../config.ts';
import { indexPages, openKnowledge, type Knowledge } from '../../../knowledge/knowledge.ts';
import type { Answering, AnswerPart, AnswerRequest, Seeing } from '../../engine.ts';
import { readConversation } from './conversation.ts';
import { sharedEmbedding } from '../../embed.ts';
import type { EmbeddingEngine } from './embedding.ts';
import { emit } from './emit.ts';
import { readInstructions } from './instructions.ts';
import type { Policy } from './policy.ts';
import { Remembered } from './remembered.ts';
import { respond } from './respond.ts';
import { readTool, type ToolProfile } from './tools/profile.ts';

/** The embedded answerer: quotes documents, holds a conversation, calls declared tools, looks at pictures; it never invents. */

export interface LocalAnswererParts {
  /** Read already, or the sources to read; default `KNOWLEDGE` of the configuration. */
  readonly knowledge?: Knowledge | readonly string[];
  readonly see: Seeing;
  readonly log: (line: string) => void;
  /** For "tomorrow" in a tool's argument. Default the system's. */
  readonly now?: () => Date;
}

/** Rejects with EngineFailedError when the embedding process cannot start. */
export async function createLocalAnswerer(config: Config, parts: LocalAnswererParts): Promise<Answering> {
  const embedding = sharedEmbedding(parts.log);
  try {
    const site = await siteOf(config, parts, embedding);
    parts.log(`answer: ${String(site.pages.length)} pages, ${String(site.passages.length)} sentences`);
    return new LocalAnswerer(site, embedding, parts);
  } catch (error) {
    await embedding.close();
    throw error;
  }
}

async function siteOf(config: Config, { knowledge, log }: LocalAnswererParts, embedder: EmbeddingEngine): Promise<Knowledge> {
  if (knowledge !== undefined && 'passages' in knowledge) return knowledge;
  const isLoopback = /^(?:127\.|localhost$|::1$|\[::1\]$)/.test(config.host);
  return openKnowledge({
    entries: knowledge ?? config.knowledge,
    allowPrivate: config.allowPrivateUrls || isLoopback,
    folder: join(config.dataDir, 'knowledge'),
    publicUrl: config.publicUrl,
    embedder,
    log,
  });
}

/** More are not read: choosing among them would cost the turn its pace. */
const MAX_TOOLS = 128;

class LocalAnswerer implements Answering {
  readonly name: string;
  readonly #site: Knowledge;
  readonly #embedding: EmbeddingEngine;
  readonly #policies = new Remembered<Policy>(200);
  readonly #told = new Remembered<Promise<Knowledge>>(50);

  readonly #profiles = new Remembered<ToolProfile>(500);
  readonly #parts: LocalAnswererParts;

  constructor(site: Knowledge, embedding: EmbeddingEngine, parts: LocalAnswererParts) {
    this.#site = site;
    this.#embedding = embedding;
    this.#parts = parts;
    this.name = `quotes from ${String(site.pages.length)} pages (local)`;
  }

  async warm(): Promise<void> {
    await this.#embedding.warm();
    // The libraries that read words, dates, names and schemas load at their first use; the first caller shall not wait for them.
    const tool = {
      name: 'warm_up',
      description: 'Do nothing',
      parameters: { type: 'object', properties: { day: { type: 'string', format: 'date' } } },
    };
    const request = { instructions: '', toolChoice: 'auto', maxTokens: null, signal: new AbortController().signal } as const;
    for (const [text, tools] of [
      ['Where is the shop?', []],
      ['Could you warm up in Paris tomorrow?', [tool]],
    ] as const) {
      for await (const part of this.answer({ ...request, tools, turns: [{ role: 'user', text, images: [] }] }))
        if (part.type === 'end') break;
    }
  }

  close(): Promise<void> {
    return this.#embedding.close();
  }

  limits(instructions: string): readonly string[] {
    return this.#policy(instructions).limits;
  }

  async *answer(request: AnswerRequest): AsyncGenerator<AnswerPart, void, undefined> {
    const { signal } = request;
    const policy = this.#policy(request.instructions);
    const conversation = readConversation(request.turns);
    const told = await this.#toldKnowledge([...policy.facts, ...conversation.context]);
    const reply = await respond(conversation, {
      site: this.#site,
      library: { shelves: told === null ? [this.#site] : [this.#site, told], embedder: this.#embedding },
      policy,
      tools: {
        profiles: request.tools.slice(0, MAX_TOOLS).map((tool) => this.#profiles.of(JSON.stringify(tool), () => readTool(tool))),
        toolChoice: request.toolChoice,
        embedder: this.#embedding,
        now: this.#parts.now?.() ?? new Date(),
        signal,
      },
      see: this.#parts.see,
      signal,
      log: this.#parts.log,
    });
    for (const part of emit(reply, charsOf(request), request.maxTokens)) {
      signal.throwIfAborted();
      yield part;
    }
  }

  #policy(instructions: string): Policy {
    return this.#policies.of(instructions, () => readInstructions(instructions));
  }

  /** What instructions and host page state, as one more small shelf without an address. */
  #toldKnowledge(statements: readonly string[]): Promise<Knowledge> | null {
    if (statements.length === 0) return null;
    const page = { url: '', title: '', language: 'en', sections: [{ heading: '', anchor: null, sentences: statements }] };
    const key = statements.join('\n');
    const indexed = this.#told.of(key, () => indexPages([page], this.#embedding, null));
    // A failure (engine busy) is not kept: the next turn tries again. The caller still sees this one.
    indexed.catch(() => this.#told.forget(key));
    return indexed;
  }
}

function charsOf(request: AnswerRequest): number {
  const turns = request.turns.reduce(
    (sum, turn) =>
      sum +
      (turn.role === 'tool-call' ? turn.arguments.length : turn.role === 'tool-result' ? turn.output.length : turn.text.length),
    0,
  );
  return request.instructions.length + turns;
}
