import type { Downlink } from '../../shared/wire.ts';
import { serverError } from './errors.ts';
import { list, object, text, type Json, type ServerEvent } from './events.ts';

/** The words of both sides, and the pages that answers stand on, as captions and citations. */

const caption = (
  role: 'user' | 'assistant',
  itemId: string,
  words: string,
  edit: 'append' | 'replace',
  final: boolean,
): Downlink => ({ type: 'caption', itemId, role, text: words, edit, final });

/** `cumulative`: a user's interim transcript is the whole text so far (specs §11, xAI). */
export function captionsOf(event: ServerEvent, cumulative: boolean): readonly Downlink[] {
  switch (event.type) {
    case 'conversation.item.input_audio_transcription.delta':
      return event.delta ? [caption('user', event.item_id, event.delta, cumulative ? 'replace' : 'append', false)] : [];
    case 'conversation.item.input_audio_transcription.interim':
      return [caption('user', event.item_id, event.text, 'replace', false)];
    case 'conversation.item.input_audio_transcription.updated':
      return [caption('user', event.item_id, event.transcript, 'replace', false)];
    case 'conversation.item.input_audio_transcription.completed':
      return [caption('user', event.item_id, event.transcript, 'replace', true)];
    case 'conversation.item.input_audio_transcription.failed':
      return [{ type: 'caption-failed', itemId: event.item_id, error: serverError(event.error) }];
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return [caption('assistant', event.item_id, event.delta, 'append', false)];
    case 'response.output_audio_transcript.done':
      return [whole(event.item_id, event.transcript, event.content_index)];
    case 'response.output_text.done':
      return [whole(event.item_id, event.text, event.content_index)];
    case 'response.content_part.done':
      return citations(event.item_id, event.part);
    case 'response.output_item.done':
      return list(event.item['content']).flatMap((part) => citations(text(event.item['id']) ?? '', object(part)));
    default:
      return [];
  }
}

/** The first part's words are the item's; a later part has only added to them. */
const whole = (itemId: string, words: string, contentIndex: number | null | undefined): Downlink =>
  contentIndex ? caption('assistant', itemId, '', 'append', true) : caption('assistant', itemId, words, 'replace', true);

const citations = (itemId: string, part: Json): readonly Downlink[] =>
  list(part['annotations'])
    .map(object)
    .flatMap((annotation) => {
      const url = text(annotation['url']);
      if (annotation['type'] !== 'url_citation' || url === null) return [];
      return [{ type: 'citation', itemId, citation: { url, title: text(annotation['title']) ?? url } }];
    });
