import { rateOf } from './audio/format.ts';
import type { ErrorBody } from './errors.ts';
import { describeItem } from './items.ts';
import type { Item } from './items.ts';
import type { ResponseSpec } from './response-input.ts';

/** A response as it is told: how it stands or ended, what it made, what it cost. Pure. */

export type ResponseStatus = 'completed' | 'cancelled' | 'incomplete' | 'failed';
export type CancelReason = 'turn_detected' | 'client_cancelled';

export interface ResponseEnd {
  readonly status: ResponseStatus;
  readonly reason?: CancelReason | 'max_output_tokens';
  readonly error?: Pick<ErrorBody, 'type' | 'code' | 'message'>;
}

export interface ResponseUsage {
  readonly inputTextTokens: number;
  /** Of the user's sound, at one token per 100 ms. */
  readonly inputAudioTokens: number;
  readonly outputTextTokens: number;
}

export interface ResponseFacts {
  readonly id: string;
  readonly conversationId: string;
  readonly spec: ResponseSpec;
  readonly output: readonly Item[];
  /** Of sound. */
  readonly samples: number;
  /** Null: under way. */
  readonly ended: { readonly end: ResponseEnd; readonly usage: ResponseUsage } | null;
}

export function describeResponse(facts: ResponseFacts): Record<string, unknown> {
  const { id, spec, conversationId, output, ended } = facts;
  const ignored = Object.entries(spec.ignored).map(([field, reason]) => ({ field, reason }));
  return {
    id,
    object: 'realtime.response',
    status: ended?.end.status ?? 'in_progress',
    status_details: ended === null ? null : describeEnd(ended.end),
    output: output.map((item) => describeItem(item)),
    conversation_id: spec.inConversation ? conversationId : null,
    output_modalities: [spec.modality],
    max_output_tokens: spec.maxOutputTokens,
    audio: { output: { format: spec.format, voice: spec.voice } },
    usage: ended === null ? null : describeUsage(ended.usage, facts),
    metadata: spec.metadata,
    ...(ignored.length === 0 ? {} : { viva: { ignored } }),
  };
}

function describeEnd({ status, reason, error }: ResponseEnd): Record<string, unknown> | null {
  if (status === 'completed') return null;
  return { type: status, ...(reason === undefined ? {} : { reason }), ...(error === undefined ? {} : { error }) };
}

function describeUsage(
  { inputTextTokens, inputAudioTokens, outputTextTokens }: ResponseUsage,
  { samples, spec }: Pick<ResponseFacts, 'samples' | 'spec'>,
): Record<string, unknown> {
  // The protocol counts an output audio token per 50 ms.
  const audio = Math.ceil(((samples / rateOf(spec.format)) * 1000) / 50);
  const input = inputTextTokens + inputAudioTokens;
  const output = outputTextTokens + audio;
  return {
    total_tokens: input + output,
    input_tokens: input,
    output_tokens: output,
    input_token_details: {
      text_tokens: inputTextTokens,
      audio_tokens: inputAudioTokens,
      image_tokens: 0,
      cached_tokens: 0,
      cached_tokens_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0 },
    },
    output_token_details: { text_tokens: outputTextTokens, audio_tokens: audio },
  };
}
