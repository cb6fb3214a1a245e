import type { Intent } from './intent.ts';
import type { Policy } from './policy.ts';

/** Replies to what asks nothing of the documents, in the tone and name that the instructions give. */

export interface TalkContext {
  readonly policy: Policy;
  /** "opening hours, tickets and more"; empty when there are no documents. */
  readonly topics: string;
  /** What the user heard last, null when nothing was said. */
  readonly lastAnswer: string | null;
  /** What the user said before this. */
  readonly lastAsked: string | null;
  /** The name the user gave. */
  readonly userName: string | null;
  /** Names of declared tools in words, for "what can you do". */
  readonly abilities: readonly string[];
}

/** Null when the intent needs more than words (an offer, a page). */
export function smallTalk(intent: Intent, detail: string | null, context: TalkContext): string | null {
  const { policy, topics, lastAnswer, lastAsked } = context;
  const formal = policy.tone === 'formal';
  const about = topics === '' ? '' : ` You can ask me about ${topics}.`;
  switch (intent) {
    case 'greet':
      return policy.greeting ?? greeting(context);
    case 'thanks':
    case 'praise':
      return formal
        ? 'You are most welcome.'
        : policy.tone === 'friendly'
          ? 'You are very welcome! Anything else I can look up?'
          : "You're welcome.";
    case 'bye':
      return formal
        ? 'Goodbye, and thank you for your visit.'
        : policy.tone === 'friendly'
          ? 'Bye! It was nice talking to you.'
          : 'Goodbye.';
    case 'how-are-you':
      return `I'm a program, so always the same, but ready to help. What would you like to know?`;
    case 'who-are-you':
      return `${selfDescription(policy)} I answer by quoting this site's own pages.`;
    case 'are-you-human':
      return "No, I'm a computer program. I answer by quoting this site's own pages.";
    case 'what-can-you-do':
      return `I answer questions by quoting our pages${topics === '' ? '' : `, for example about ${topics}`}.${abilitySentence(context.abilities)}`;
    case 'repeat':
      return lastAnswer === null ? 'I have not said anything yet.' : lastAnswer;
    case 'slower':
      return lastAnswer === null
        ? "I can't change my speed myself."
        : `I can't change my speed myself, but here it is again. ${lastAnswer}`;
    case 'louder':
      return "I can't change the volume or speed of my voice from here, please use the controls of your device.";
    case 'what-did-i-say':
      return lastAsked === null ? 'You have not said anything before this.' : `You said: ${lastAsked.replace(/[.!]+$/, '')}.`;
    case 'where-stopped':
      return lastAnswer === null ? 'I had not said anything yet.' : `The last you heard was: ${lastWords(lastAnswer)}.`;
    case 'stop':
      return 'All right.';
    case 'yes':
      return `What would you like to know?${about}`;
    case 'no':
      return formal ? 'Very well. Please ask whenever you need anything.' : 'All right. Just ask if you need anything else.';
    case 'blame':
      return "I'm sorry about that. I can only quote what our pages say. Could you ask it in other words?";
    case 'other-language':
      return detail === null || /english/i.test(detail)
        ? 'Yes, I speak English, and only English.'
        : `I'm sorry, I can only speak English.`;
    case 'joke':
      return `I'm not much of an entertainer, I only quote our pages.${about}`;
    case 'my-name':
      return detail === null ? null : `Nice to meet you, ${capital(detail)}. What would you like to know?`;
    case 'tell-name':
      return context.userName === null
        ? 'You have not told me your name.'
        : `You told me your name is ${capital(context.userName)}.`;
    case 'sorry':
      return 'No problem at all. What would you like to know?';
    case 'person':
    case 'continue':
    case 'more':
    case 'other':
    case 'source':
      return null;
  }
}

export function greeting(context: Pick<TalkContext, 'policy' | 'userName'>): string {
  const { policy, userName } = context;
  const self = policy.name === null ? '' : `I'm ${policy.name}${policy.role === null ? '' : `, ${policy.role}`}`;
  const who = policy.addressee ?? userName;
  const to = who === null ? '' : `, ${capital(who)}`;
  const [hello, offer] =
    policy.tone === 'formal'
      ? [`Good day${to}.`, 'How may I help you?']
      : policy.tone === 'friendly'
        ? [`Hi${to}, nice to hear from you!`, 'What can I look up for you?']
        : [`Hello${to}.`, 'How can I help?'];
  // One sentence was asked for: the name is worth more than the question.
  if (policy.maxSentences === 1)
    return self === ''
      ? `${hello.slice(0, -1)}, ${offer.charAt(0).toLowerCase()}${offer.slice(1)}`
      : `${hello.slice(0, -1)}, ${self}.`;
  return [hello, self === '' ? '' : `${self}.`, offer].filter((part) => part !== '').join(' ');
}

function selfDescription(policy: Policy): string {
  if (policy.name !== null) return `I'm ${policy.name}, ${policy.role ?? 'the voice assistant of this site'}.`;
  return `I'm ${policy.role ?? 'the voice assistant of this site'}.`;
}

function abilitySentence(abilities: readonly string[]): string {
  if (abilities.length === 0) return '';
  const shown = abilities.slice(0, 3);
  return ` I can also ${shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`}.`;
}

/** Enough words to find the place again. */
function lastWords(text: string): string {
  const words = text.replace(/[.!?…]+$/, '').split(/\s+/);
  return words.slice(-12).join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
