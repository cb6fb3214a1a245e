import type { Heard } from '../engines/engine.ts';
import { rateOf } from './audio/format.ts';
import { resampleWhole } from './audio/resampler.ts';
import type { SessionContext } from './context.ts';
import { engineFault } from './errors.ts';
import { ENGINE_RATE } from './input-buffer.ts';
import { describeItem } from './items.ts';
import type { Item, MessageItem, Sound } from './items.ts';
import { recognise } from './recognition.ts';
import type { Recognition, RecognitionHints } from './recognition.ts';
import type { SessionConfig } from './session-config.ts';

/** Items made of sound: how they come into the conversation, and how their words follow. */

export interface SpokenTurn {
  readonly itemId: string;
  readonly sound: Sound;
  readonly seconds: number;
  /** Null: it is silence, there is nothing to hear in it. */
  readonly recognition: Recognition | null;
}

/** Emits `committed`, the item, and its words when they are known. */
export function keepTurn(context: SessionContext, turn: SpokenTurn): void {
  const { conversation, emit } = context;
  const { recognition } = turn;
  const item: MessageItem = {
    type: 'message',
    id: turn.itemId,
    role: 'user',
    status: 'completed',
    content: [{ type: 'input_audio', transcript: recognition === null ? '' : null, sound: turn.sound }],
  };
  emit({ type: 'input_audio_buffer.committed', item_id: item.id, previous_item_id: conversation.lastId });
  const previous_item_id = conversation.insert(item);
  emit({ type: 'conversation.item.added', previous_item_id, item: describeItem(item) });
  emit({ type: 'conversation.item.done', previous_item_id, item: describeItem(item) });
  if (recognition === null) return;
  const shown = context.config().transcription !== null;
  follow(context, item.id, recognition, {
    onHeard: (heard) => {
      if (shown) tellWords(context, item.id, heard, turn.seconds);
    },
    onFailure: (cause) => {
      if (shown) tellFailure(context, item.id, cause);
    },
  });
}

/** Sound inside an item that a client made is heard like a turn that was spoken. */
export function hearItem(context: SessionContext, item: Item): void {
  if (item.type !== 'message') return;
  for (const part of item.content) {
    if (part.type !== 'input_audio' || part.sound === null || part.transcript !== null) continue;
    const pcm = resampleWhole(part.sound.pcm, rateOf(part.sound.format), ENGINE_RATE);
    const recognition = recognise(context.engines.hear, pcm, hintsOf(context.config()));
    follow(context, item.id, recognition, { onHeard: () => undefined, onFailure: () => undefined });
  }
}

export function hintsOf(config: SessionConfig): RecognitionHints {
  const { language, prompt } = config.transcription ?? {};
  return { ...(language === undefined ? {} : { language }), ...(prompt === undefined ? {} : { prompt }) };
}

interface Followers {
  readonly onHeard: (heard: Heard) => void;
  readonly onFailure: (cause: unknown) => void;
}

/** Answers wait for `context.hearing`; a failure stays there until an answer has met it. */
function follow(context: SessionContext, itemId: string, recognition: Recognition, followers: Followers): void {
  const known = recognition.heard.then((heard) => {
    context.heard.set(itemId, heard.text);
    followers.onHeard(heard);
  });
  context.hearing.set(itemId, known);
  known.then(
    () => context.hearing.delete(itemId),
    (cause: unknown) => {
      context.log.error({ err: cause }, 'a turn could not be heard');
      followers.onFailure(cause);
    },
  );
}

function tellWords({ conversation, emit }: SessionContext, itemId: string, { text, language }: Heard, seconds: number): void {
  const current = conversation.find(itemId);
  if (current?.type === 'message') {
    const content = current.content.map((part) => (part.type === 'input_audio' ? { ...part, transcript: text } : part));
    conversation.replace({ ...current, content });
  }
  emit({
    type: 'conversation.item.input_audio_transcription.completed',
    item_id: itemId,
    content_index: 0,
    transcript: text,
    usage: { type: 'duration', seconds },
    ...(language === '' ? {} : { languages: [{ code: language }] }),
  });
}

function tellFailure({ emit }: SessionContext, itemId: string, cause: unknown): void {
  const { type, code, message } = engineFault(cause);
  emit({
    type: 'conversation.item.input_audio_transcription.failed',
    item_id: itemId,
    content_index: 0,
    error: { type, code, message, param: null },
  });
}
