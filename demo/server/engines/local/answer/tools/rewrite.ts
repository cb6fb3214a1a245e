import { digitise } from '../../../../knowledge/spoken-numbers.ts';
import { MappedText } from './mapped-text.ts';

/** Spoken numbers, times and spans in the written form that the extractors read. */

const NUMBER =
  'zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million';
/** "the other one" keeps its word, and a lone "hundred" is no number. */
const NUMBER_RUN = new RegExp(
  String.raw`(?<!\b(?:the|this|that|which|other|another|no|any|every|each|some|last|next|first|second)[\s-])\b(?!(?:hundred|thousand|million)\b)(?:${NUMBER})(?:(?:[\s-]+|(?<=hundred|thousand)\s+and\s+)(?:${NUMBER}))*\b`,
  'gi',
);
const MERIDIEM = String.raw`(?:a\.?m\b\.?|p\.?m\b\.?)`;

export function rewrite(raw: string): MappedText {
  const mapped = new MappedText(raw.replace(/[’‘]/g, "'"));
  mapped.replace(/\blet me know\b/gi, () => 'tell me');
  mapped.replace(/\b(?:half an hour|a half hour|half hour)\b/gi, () => '30 minutes');
  mapped.replace(/\b(?:an|one) hour and a half\b|\bone and a half hours\b/gi, () => '90 minutes');
  mapped.replace(/\b(?:a )?quarter of an hour\b/gi, () => '15 minutes');
  mapped.replace(/\ba dozen\b/gi, () => '12');
  mapped.replace(/\ba couple(?: of)?\b|\ba pair of\b/gi, () => '2');
  mapped.replace(/\b(?:an?)\s+(hour|minute|second|day|week|month|year)\b/gi, (_, unit = '') => `1 ${unit}`);
  mapped.replace(NUMBER_RUN, (run) => digitise(run, { ones: true }));
  mapped.replace(/\b\d(?: \d\b){2,}/g, (run) => run.replaceAll(' ', ''));
  mapped.replace(/\b(\d+) point (\d+)\b/gi, (_, whole = '', part = '') => `${whole}.${part}`);
  mapped.replace(
    /\b(\d+) (euros?|dollars?|pounds?)(?: and)? (\d{2})(?: cents?| pence)?\b(?! (?:people|minutes|hours|days))/gi,
    (_, whole = '', unit = '', part = '') => `${whole}.${part} ${unit}`,
  );
  mapped.replace(/\bhalf past (\d{1,2})\b/gi, (_, hour = '') => `${hour}:30`);
  mapped.replace(/\b(?:a )?quarter past (\d{1,2})\b/gi, (_, hour = '') => `${hour}:15`);
  mapped.replace(
    /\b(?:a )?quarter to (\d{1,2})\b/gi,
    (_, hour = '') => `${String(Number(hour) === 1 ? 12 : Number(hour) - 1)}:45`,
  );
  mapped.replace(
    new RegExp(String.raw`\b(\d{1,2}) ([0-5]\d)(?= ?(?:${MERIDIEM}|o'clock|in the (?:morning|afternoon|evening)))`, 'gi'),
    (_, hour = '', minute = '') => `${hour}:${minute}`,
  );
  mapped.replace(
    /\b(at|until|till|from|by) (\d{1,2}) ([0-5]\d)\b(?! ?(?:people|persons|guests|minutes|hours|euros))/gi,
    (_, word = '', hour = '', minute = '') => `${word} ${hour}:${minute}`,
  );
  return mapped;
}
