import { motionWord, type SceneFacts } from './facts.ts';

/** A guess at what is being done, by what is written on the screen: told as a guess, and not at all where nothing speaks for it. */

const GUESSES: readonly (readonly [seen: RegExp, activity: string])[] = [
  [/\b(?:mute|unmute)\b[\s\S]*\b(?:leave|end call|stop video|share screen)\b|zoom meeting|google meet/i, 'in a video call'],
  [/\bcard number\b|\bpay (?:now|[$€£])|\bcheckout\b.*\bpayment\b/i, 'paying'],
  [/\bpassword\b[\s\S]*\b(?:sign|log) in\b|\b(?:sign|log) in\b[\s\S]*\bpassword\b/i, 'signing in'],
  [/\bcreate (?:an |your )?account\b|\bsign up\b/i, 'signing up'],
  [/visual studio|intellij|pycharm|webstorm|xcode|sublime text|\bfunction\b.*[({]|\bimport\b .* from\b/i, 'editing code'],
  [/\bterminal\b|powershell|\w+@\w+:[~/]|\$ (?:git|npm|cd|ls|sudo)\b/i, 'working in a terminal'],
  [/microsoft excel|google sheets|\bcalc\b|\.xlsx\b.*-/i, 'working on a spreadsheet'],
  [/powerpoint|google slides|impress|\.pptx\b/i, 'working on a presentation'],
  [/\bword\b.*-|google docs|\.docx\b/i, 'writing a document'],
  [/\bslack\b|microsoft teams|discord|whatsapp|telegram|\btype a (?:new )?message\b|\bmessage #/i, 'chatting'],
  [/\bgmail\b|outlook|thunderbird|\binbox\b[\s\S]*\b(?:sent|drafts)\b/i, 'reading mail'],
  [/\badd to (?:cart|bag|basket)\b/i, 'shopping'],
  [/google maps|\bdirections\b/i, 'looking at a map'],
  [/\bcalendar\b/i, 'looking at a calendar'],
  [/spotify|apple music|\bplaylist\b/i, 'listening to music'],
  [/youtube|netflix|\bvlc\b/i, 'watching a video'],
  [/\.pdf\b|acrobat/i, 'reading a document'],
  [/figma|photoshop|illustrator|blender|inkscape/i, 'designing'],
  [/\bfiles\b|file explorer|finder|\bdownloads\b/i, 'looking through files'],
  [/\bsettings\b|preferences/i, 'changing settings'],
  [/chrome|firefox|safari|microsoft edge/i, 'browsing the web'],
];

export function guessActivity(facts: Pick<SceneFacts, 'text' | 'title' | 'people' | 'change'>): string | null {
  const title = facts.title ?? '';
  const words = (facts.text ?? []).map(({ line }) => line).join('\n');
  // The window's title says more than words anywhere in it.
  const guess =
    GUESSES.find(([seen]) => title !== '' && seen.test(`${title} -`))?.[1] ?? GUESSES.find(([seen]) => seen.test(words))?.[1];
  const moves = motionWord(facts.change);
  if (guess === undefined) {
    if ((facts.text ?? []).length === 0 && (facts.people?.count ?? 0) > 0 && (moves === 'moderate' || moves === 'strong'))
      return 'somebody moves';
    return null;
  }
  return moves === 'still' ? `${guess}, nothing moves` : guess;
}
