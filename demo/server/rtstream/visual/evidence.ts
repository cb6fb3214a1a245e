import { motionWord, type SceneFacts } from './facts.ts';

/** Everything that is known of a scene as lines of `kind: words`, for matching events and for search; and read back. */

const KINDS = [
  'app',
  'title',
  'text',
  'ui',
  'people',
  'objects',
  'colours',
  'light',
  'change',
  'activity',
  'speech',
  'told',
] as const;

export type EvidenceKind = (typeof KINDS)[number];

export function evidenceOf(facts: SceneFacts): string {
  const lines: string[] = [];
  const add = (kind: EvidenceKind, words: string): void => {
    const flat = words.replace(/\s+/g, ' ').trim();
    if (flat !== '') lines.push(`${kind}: ${flat}`);
  };
  add('app', facts.app ?? '');
  add('title', facts.title ?? '');
  for (const { line } of facts.text ?? []) add('text', line);
  for (const { kind, label } of facts.elements ?? []) add('ui', `${kind} ${label}`);
  if (facts.people !== null) add('people', String(facts.people.count));
  if (facts.objects !== null) add('objects', facts.objects.map(({ name, count }) => `${count} ${name}`).join(', '));
  add('colours', facts.colours.map(({ name, share }) => `${name} ${Math.round(share * 100)}%`).join(', '));
  add('light', lightWord(facts.brightness));
  add('change', [motionWord(facts.change), ...(facts.change.cutsAtMs.length > 0 ? ['cut'] : [])].join(', '));
  add('activity', facts.activity ?? '');
  return lines.join('\n');
}

/** Lines of no kind are told words: what a model or an audio index says. */
export function readEvidence(evidence: string): ReadonlyMap<EvidenceKind, readonly string[]> {
  const read = new Map<EvidenceKind, string[]>();
  for (const line of evidence.split('\n')) {
    const at = line.indexOf(': ');
    const kind = KINDS.find((name) => name === line.slice(0, Math.max(0, at))) ?? null;
    const words = kind === null ? line.trim() : line.slice(at + 2).trim();
    if (words === '') continue;
    read.set(kind ?? 'told', [...(read.get(kind ?? 'told') ?? []), words]);
  }
  return read;
}

export function lightWord(brightness: number): string {
  return brightness < 40 ? 'very dark' : brightness < 90 ? 'dark' : brightness < 170 ? 'medium' : 'bright';
}
