import type { Answering } from '../../engines/engine.ts';
import { dot, type Embedder } from '../../knowledge/embedder.ts';
import type { EventMatch, MatchEvent, NewScene } from '../scene.ts';
import { judgedByModel } from './judge.ts';
import { readQuestion, type Atom, type EventQuestion } from './question.ts';
import { openEvidence, weakest, weighClause, type Evidence, type Weight } from './weigh.ts';

/** Does a scene fit what an event describes? By its names, counts, colours and words here; by a language model where there is one. */

export interface MatchEventDeps {
  /** Sentence meaning, in support of words that almost fit; null = words alone. */
  readonly embedder: Embedder | null;
  /** A language model; null = none. */
  readonly model: Answering | null;
  readonly log?: (line: string) => void;
}

/** From here on an event is there. */
const SURE_ENOUGH = 0.6;
/** What nearly fits by its words may be lifted over it by its meaning. */
const NEARLY = 0.3;
const LIKE = 0.35;
/** Lines of a screen are short and alike. */
const LIKE_ON_SCREEN = 0.5;
const REMEMBERED = 200;

export function matchEvent({ embedder, model, log }: MatchEventDeps): MatchEvent {
  const questions = new Map<string, EventQuestion>();
  const questionOf = (prompt: string): EventQuestion => {
    const known = questions.get(prompt) ?? readQuestion(prompt);
    if (questions.size >= REMEMBERED) questions.clear();
    questions.set(prompt, known);
    return known;
  };

  return async (prompt, scene, previous, signal) => {
    if (model !== null) {
      try {
        return await judgedByModel(model, { prompt, scene, previous, signal });
      } catch (error) {
        if (signal.aborted) throw error;
        log?.(`An event is matched here, the model failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    const question = questionOf(prompt);
    return decide(question, await supported(question, scene, embedder, signal), scene, previous);
  };
}

/** 0–1: what the scene's sentences mean speaks for the event. Asked only where words alone stand: never for names, counts and colours. */
async function supported(
  question: EventQuestion,
  scene: NewScene,
  embedder: Embedder | null,
  signal: AbortSignal,
): Promise<number> {
  const atoms = question.clauses.flatMap(({ atoms: all }) => all.flat());
  if (embedder === null || atoms.length === 0 || atoms.some(({ kind }) => kind !== 'words')) return 0;
  const evidence = openEvidence(scene.evidence);
  const weight = weakest(question.clauses.map((clause) => weighClause(clause, evidence))).sure ?? 0;
  if (weight < NEARLY || weight >= SURE_ENOUGH) return 0;
  const sentences = evidence.words
    .split(/\n|(?<=[.!?])\s+/)
    .filter((line) => line.length > 8)
    .slice(0, 40);
  const [asked, ...told] = await embedder.embed([question.prompt, ...sentences], signal);
  const most = asked === undefined ? 0 : Math.max(0, ...told.map((vector) => dot(asked, vector)));
  return evidence.isVisual && most < LIKE_ON_SCREEN ? 0 : most;
}

/** Pure: what the parts weigh, together with whether they are new. `support`: likeness of meaning, 0 = none. */
function decide(question: EventQuestion, support: number, scene: NewScene, previous: NewScene | null): EventMatch {
  if (question.clauses.length === 0)
    return { matched: false, present: false, confidence: 0, explanation: 'The prompt names nothing that could be looked for.' };
  const evidence = openEvidence(scene.evidence);
  const now = lifted(weighAll(question, evidence), support);
  // A window nobody looked at says nothing about what came before.
  const before = previous === null || previous.evidence === '' ? null : openEvidence(previous.evidence);
  if (now.sure === null) return { matched: false, confidence: 0, explanation: 'The scene does not tell of such things.' };
  const isThere = now.sure >= SURE_ENOUGH;
  switch (question.change) {
    case null:
      return {
        matched: isThere,
        present: isThere,
        confidence: round(now.sure),
        explanation: isThere ? `Found ${now.found}.` : 'Not found.',
      };
    case 'appears': {
      if (!isThere) return { matched: false, present: false, confidence: round(now.sure), explanation: 'Not found.' };
      const isNew = before === null || !holds(question, before) || grew(question, before, evidence);
      if (isNew)
        return {
          matched: true,
          present: true,
          confidence: round(before === null ? now.sure * 0.9 : now.sure),
          explanation: `Found ${now.found}, not there before.`,
        };
      return { matched: false, present: true, confidence: round(now.sure * 0.3), explanation: `Found ${now.found}, as before.` };
    }
    case 'disappears': {
      const was = before === null ? null : weighAll(question, before);
      const gone = was !== null && (was.sure ?? 0) >= SURE_ENOUGH && (!isThere || shrank(question, before, evidence));
      return {
        matched: gone,
        present: gone,
        confidence: round(gone ? (was.sure ?? 0) * 0.9 : 0.1),
        explanation: gone ? `Before there was ${was.found}; it is gone.` : 'Nothing of it went away.',
      };
    }
  }
}

function weighAll({ clauses }: EventQuestion, evidence: Evidence): Weight {
  return weakest(clauses.map((clause) => weighClause(clause, evidence)));
}

function holds(question: EventQuestion, evidence: Evidence): boolean {
  return (weighAll(question, evidence).sure ?? 0) >= SURE_ENOUGH;
}

function lifted(weight: Weight, support: number): Weight {
  if (weight.sure === null || weight.sure < NEARLY || support < LIKE) return weight;
  return {
    sure: Math.max(weight.sure, Math.min(0.8, 0.45 + support / 2)),
    found: `${weight.found === '' ? 'words' : weight.found}, alike in meaning`,
  };
}

/** "A person enters": one more than before, though somebody was there. */
function grew(question: EventQuestion, before: Evidence, now: Evidence): boolean {
  return isBareCount(question) && people(now) > people(before);
}

function shrank(question: EventQuestion, before: Evidence | null, now: Evidence): boolean {
  return before !== null && isBareCount(question) && people(now) < people(before);
}

function isBareCount({ clauses }: EventQuestion): boolean {
  const atoms = clauses.flatMap(({ atoms: all }) => all.flat());
  return atoms.length > 0 && atoms.every((atom: Atom) => atom.kind === 'people' && atom.least === 1 && atom.most === Infinity);
}

function people(evidence: Evidence): number {
  return Number(evidence.of.get('people')?.[0] ?? 0);
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
