import type { Slot } from './slots.ts';

/** One short question for what a tool still needs. */

export function askFor(slot: Slot): string {
  const noun = nounOf(slot);
  switch (slot.kind) {
    case 'choice': {
      const choices = (slot.choices ?? [])
        .map((choice) => String(choice).replace(/[_-]/g, ' '))
        .filter((choice) => choice !== '');
      return choices.length > 0 && choices.length <= 5
        ? `Which ${noun} would you like: ${orList(choices)}?`
        : `Which ${noun} would you like?`;
    }
    case 'boolean':
      return slot.label === 'on' ? 'On or off?' : `${capital(noun)}, yes or no?`;
    case 'date':
      return `For what ${/\bdate|day\b/.test(noun) && noun !== 'date' && noun !== 'day' ? noun : 'day'}?`;
    case 'time':
      return noun === 'time' ? 'At what time?' : `What is the ${noun}?`;
    case 'moment':
      return 'On what day and at what time?';
    case 'duration':
      return /\b(?:minutes|hours|seconds|days|nights|weeks)\b/.test(slot.label)
        ? `How many ${/\b(?:minutes|hours|seconds|days|nights|weeks)\b/.exec(slot.label)?.[0] ?? 'minutes'}?`
        : 'For how long?';
    case 'integer':
    case 'number':
      return numberQuestion(slot, noun);
    case 'email':
      return 'What is the e-mail address?';
    case 'phone':
      return 'What is the phone number?';
    case 'place':
      if (/\b(?:origin|from|departure|start|pickup)\b/.test(slot.label)) return 'From where?';
      if (/\b(?:destination|to|arrival|target)\b/.test(slot.label)) return 'Where to?';
      return /\b(?:city|location|place|where)\b/.test(slot.label)
        ? /\bcity\b/.test(slot.label)
          ? 'Which city?'
          : 'Which place?'
        : `What is the ${noun}?`;
    case 'person':
      return slot.many
        ? 'Who should take part?'
        : /\b(?:recipient|to|contact)\b/.test(slot.label)
          ? 'Who is it for?'
          : `What is the ${/\bname\b/.test(noun) ? noun : `${noun}'s name`}?`;
    case 'language':
      return 'Which language?';
    case 'currency':
      return slot.side === 'to' ? 'Into which currency?' : 'From which currency?';
    case 'colour':
      return 'Which colour?';
    case 'street':
    case 'url':
    case 'code':
    case 'text':
      return slot.many
        ? `Which ${noun}?`
        : /\b(?:text|body|message|content)\b/.test(slot.label)
          ? `What should the ${/\bbody\b/.test(slot.label) ? 'message' : noun} say?`
          : `What is the ${noun}?`;
  }
}

function numberQuestion(slot: Slot, noun: string): string {
  const counted = /\b(?:number|count|amount|quantity) of (?:the )?([\p{L} ]+)/iu
    .exec(`${slot.label} ${slot.description}`)?.[1]
    ?.split(/\b(?:in|for|to|per|on|at|that|which)\b/)[0]
    ?.trim();
  if (counted !== undefined && counted !== '' && counted.split(' ').length <= 3) return `How many ${counted.toLowerCase()}?`;
  if (/\b(?:quantity|count|size|guests|people|persons|seats|adults|children|passengers|tickets)\b/.test(slot.label))
    return `How many ${/\bquantity|count|size\b/.test(slot.label) ? '' : slot.label}`.trim() + '?';
  if (/\b(?:amount|price|sum|total)\b/.test(slot.label)) return 'How much?';
  return `What ${noun}?`;
}

/** The name in words; a short description says it better: "the order number". */
function nounOf(slot: Slot): string {
  const described = /^(?:the |an? )?([\p{L} -]{3,40}?)(?:,| \(| such as| to | for | of the | in |[.:]|$)/iu
    .exec(slot.description)?.[1]
    ?.trim();
  const label = slot.label.replace(/\bid\b/, 'number');
  if (described === undefined || slot.label.length > 3 || described.split(' ').length > 4) return label;
  return described.toLowerCase();
}

function orList(items: readonly string[]): string {
  return items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1) ?? ''}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
