import { rateOf } from './audio/format.ts';
import { RealtimeFault } from './errors.ts';
import type { Item, MessageItem, Part, Span } from './items.ts';

/** Cutting an answer where the listener stopped hearing it: the sound to the sample, the words to the last one wholly heard. */

/** The words of the first `samples` samples. */
export function cutWords(spans: readonly Span[], samples: number): string {
  let heard = '';
  let from = 0;
  for (const span of spans) {
    if (samples >= from + span.samples) {
      heard += span.text;
      from += span.samples;
      continue;
    }
    const share = Math.max(0, samples - from) / span.samples;
    return (heard + wholeWords(span.text, share)).trimEnd();
  }
  return heard.trimEnd();
}

/** Words are taken to be as long as their letters are many; one that was not heard to its end is left out. */
function wholeWords(text: string, share: number): string {
  const limit = text.length * share;
  let end = 0;
  for (const word of text.matchAll(/\S+\s*/g)) {
    if (word.index + word[0].trimEnd().length > limit) break;
    end = word.index + word[0].length;
  }
  return text.slice(0, end);
}

/** Throws the errors of §7: unknown kind of item or content, or a cut beyond the sound there is. */
export function truncateItem(item: Item, contentIndex: number, audioEndMs: number): MessageItem {
  const part: Part | undefined = item.type === 'message' ? item.content[contentIndex] : undefined;
  if (item.type !== 'message' || item.role !== 'assistant' || (part !== undefined && part.type !== 'output_audio')) {
    throw new RealtimeFault('unsupported_content_type', 'Only model output audio messages can be truncated', 'item_id');
  }
  if (part === undefined || part.sound === null) {
    throw new RealtimeFault('unsupported_content_type', 'Only model output audio messages can be truncated', 'content_index');
  }
  const rate = rateOf(part.sound.format);
  const length = part.sound.pcm.length;
  const cut = Math.round((audioEndMs * rate) / 1000);
  if (cut > length) {
    const lengthMs = Math.floor((length * 1000) / rate);
    throw new RealtimeFault(
      'invalid_value',
      `Audio content of ${lengthMs}ms is already shorter than ${audioEndMs}ms`,
      'audio_end_ms',
    );
  }
  const transcript = cut === length ? part.transcript : cutWords(part.spans, cut);
  const kept: Part = {
    ...part,
    transcript,
    sound: { ...part.sound, pcm: part.sound.pcm.slice(0, cut) },
    spans: keepSpans(part.spans, cut, transcript),
  };
  return {
    ...item,
    status: cut === length ? item.status : 'incomplete',
    content: item.content.map((other, index) => (index === contentIndex ? kept : other)),
  };
}

function keepSpans(spans: readonly Span[], samples: number, transcript: string): readonly Span[] {
  const kept: Span[] = [];
  let from = 0;
  let text = 0;
  for (const span of spans) {
    if (from >= samples) break;
    kept.push({ text: transcript.slice(text, text + span.text.length), samples: Math.min(span.samples, samples - from) });
    from += span.samples;
    text += span.text.length;
  }
  return kept;
}
