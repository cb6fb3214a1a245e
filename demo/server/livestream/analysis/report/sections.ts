import { isConstraint, isFrame, plainWords, requestsIn, titleOf } from './prompt-words.ts';

/** Which sections a prompt asks for, read from its Markdown: headings, numbered and bulleted lines, in English and Chinese. Pure. */

export interface Section {
  readonly heading: string;
  /** All that is asked for under it. */
  readonly topic: string;
  /** Heading that it is under; '' = none. */
  readonly within: string;
  readonly parts: readonly Section[];
}

interface Line {
  /** Headings 1–6, list items from `ITEM` on by their indentation; null = running text. */
  readonly depth: number | null;
  readonly text: string;
}

interface Node {
  readonly depth: number;
  readonly text: string;
  detail: string;
  readonly children: Node[];
}

const ITEM = 10;
const MOST_SECTIONS = 20;
const MOST_PARTS = 12;

/** Empty: it asks for nothing in particular. */
export function sectionsOf(prompt: string): readonly Section[] {
  const root: Node = { depth: 0, text: '', detail: '', children: [] };
  const open = [root];
  for (const { depth, text } of linesOf(prompt)) {
    if (depth === null) {
      const last = open.at(-1) ?? root;
      last.detail = `${last.detail}\n${text}`.trim();
      continue;
    }
    while (open.length > 1 && (open.at(-1)?.depth ?? 0) >= depth) open.pop();
    const node: Node = { depth, text, detail: '', children: [] };
    (open.at(-1) ?? root).children.push(node);
    open.push(node);
  }
  const structured = askedIn(root).slice(0, MOST_SECTIONS);
  return structured.length > 0 ? structured : requestsIn(plainWords(prompt)).slice(0, MOST_SECTIONS).map(sectionOf);
}

/** What is asked below a node. Headings that only frame the rest ("Output format", "# A prompt for launches") are no sections. */
function askedIn(node: Node): readonly Section[] {
  return node.children.flatMap((child): readonly Section[] => {
    const inner = askedIn(child);
    if (isFrame(child.text)) return inner.length > 0 ? inner : requestsIn(child.detail).map(sectionOf);
    if (isConstraint(child.text)) return [];
    const isTitle = node.children.length === 1 && node.depth === 0 && child.depth < ITEM;
    if (isTitle && inner.length > 0) return inner;
    const section = sectionOf(child.text);
    const detail = child.detail
      .split(/(?<=[.!?。！？])\s*|\n/)
      .filter((sentence) => !isConstraint(sentence))
      .join(' ');
    return [
      {
        ...section,
        topic: `${section.topic} ${detail}`.trim(),
        parts: inner.slice(0, MOST_PARTS).map((part) => ({ ...part, within: section.heading })),
      },
    ];
  });
}

const sectionOf = (text: string): Section => ({ heading: titleOf(text), topic: plainWords(text), within: '', parts: [] });

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;
const BOLD = /^\*\*([^*]+)\*\*\s*[:：]?\s*(.*)$/;
const CHINESE_ORDINAL = /^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．:：]|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*(.+)$/;
const LISTED = /^(\s*)(?:[-*+•·‣]\s+|\d{1,2}(?:[.)]\s+|[、．]\s*|\.(?=\D)))(.+)$/;
const CIRCLED = /^(\s*)[①-⑳]\s*(.+)$/;

function linesOf(prompt: string): readonly Line[] {
  let fenced = false;
  return prompt
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((raw): readonly Line[] => {
      if (/^\s*(?:```|~~~)/.test(raw)) {
        fenced = !fenced;
        return [];
      }
      const text = raw.replace(/\t/g, '    ').replace(/^\s*>\s?/, '');
      // Examples of tables, rules and what a fence holds show a form, not a subject; headings in a fence are the form of the report.
      if (text.trim() === '' || /^\s*(?:\|.*\||[-=*_]{3,})\s*$/.test(text)) return [];
      const line = lineOf(text);
      return fenced && line.depth === null ? [] : [line];
    });
}

function lineOf(text: string): Line {
  const heading = HEADING.exec(text.trim());
  if (heading !== null) return { depth: heading[1]?.length ?? 1, text: heading[2] ?? '' };
  const bold = BOLD.exec(text.trim());
  if (bold !== null && bold[2] === '') return { depth: 7, text: bold[1] ?? '' };
  const ordinal = CHINESE_ORDINAL.exec(text.trim());
  if (ordinal !== null) return { depth: 8, text: ordinal[1] ?? '' };
  const listed = LISTED.exec(text) ?? CIRCLED.exec(text);
  if (listed !== null) return { depth: ITEM + Math.min(8, Math.floor((listed[1]?.length ?? 0) / 2)), text: listed[2] ?? '' };
  return { depth: null, text: text.trim() };
}
