import { readTerms } from '../../../knowledge/terms.ts';
import { conceptsIn } from './concepts.ts';

/** What a text in English or Chinese is compared by: stems of words, pairs of characters, and what both languages have a word for. Pure. */

const HAN_RUN = /\p{Script=Han}+/gu;
/** Characters that join words; what they are in is no word. */
const CHINESE_STOP = /[的了是在和与及或等对为从到把被将而之其这那您你我他她它们个一不也都就还很更最]/;
/** Words of prompts that say what to do. */
const CHINESE_ORDERS =
  /总结|介绍|列出|说明|分析|梳理|提取|提炼|概括|归纳|描述|整理|内容|相关|情况|以及|主要|本次|本场|详细|具体|重点|关键|核心|所有|全部|信息|部分|方面|提到|涉及|哪些|什么|如何|发布会|概述|概览|概要|亮点|要点|速览|简介|综述|直播|视频|录像|报告/g;
const ENGLISH_ORDERS = new Set(
  (
    'summarize summarise summary describe list identify extract find mention note report write provide give analyze analyse analysis main key important point brief short detail ' +
    'detailed broadcast livestream stream recording video event section topic information include following content overview name state explain show tell highlight highlights takeaway point message all abstract gist'
  ).split(' '),
);

/** Of what is searched. */
export const termsOf = (text: string): readonly string[] => [...new Set([...words(text), ...pairs(text), ...conceptsIn(text)])];

/** Of what is asked: without the words that only ask. */
export function askedTerms(text: string): readonly string[] {
  const subject = text.replace(CHINESE_ORDERS, ' ');
  const stems = readTerms(latin(subject)).filter(
    ({ text: word, lemma, stem }) => ![word, lemma, stem].some((one) => ENGLISH_ORDERS.has(one)),
  );
  return [...new Set([...stems.map(({ stem }) => stem), ...pairs(subject), ...conceptsIn(subject)])];
}

const words = (text: string): readonly string[] => readTerms(latin(text)).map(({ stem }) => stem);
const latin = (text: string): string => text.replace(HAN_RUN, ' ');

function pairs(text: string): readonly string[] {
  return (text.match(HAN_RUN) ?? []).flatMap((run) => {
    const characters = Array.from(run);
    return characters
      .slice(0, -1)
      .map((character, index) => `${character}${characters[index + 1] ?? ''}`)
      .filter((pair) => !CHINESE_STOP.test(pair));
  });
}

/** How alike two texts are by their pairs of characters, 0–1 (Dice); 0 where one is three times as long. */
export function alike(a: string, b: string): number {
  const [left, right] = [gramsOf(a), gramsOf(b)];
  if (left.size === 0 || right.size === 0) return a === b ? 1 : 0;
  if (Math.min(left.size, right.size) < Math.max(left.size, right.size) / 3) return 0;
  let shared = 0;
  for (const gram of left) if (right.has(gram)) shared++;
  return (2 * shared) / (left.size + right.size);
}

const known = new Map<string, ReadonlySet<string>>();
const MOST_KNOWN = 10_000;

function gramsOf(text: string): ReadonlySet<string> {
  const before = known.get(text);
  if (before !== undefined) return before;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
  const grams = new Set<string>();
  for (let at = 0; at + 1 < plain.length; at++) grams.add(plain.slice(at, at + 2));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, grams);
  return grams;
}
