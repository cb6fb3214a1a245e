import type { Adapter } from './adapters.ts';
import type { ClientEvent } from './client-events.ts';

/** What a sentence beside the conversation asks of the server, in GA shapes. */

/** The name under which a response tells whose it is. */
const MARK = 'viva';

export interface AsideWishes {
  /** Null = the server's own. */
  readonly voice: string | null;
  /** BCP 47 tag of what is said. */
  readonly language: string;
}

/** A session that only speaks: nobody's turns are looked for. The language is where this protocol has a place for one. */
export const asideSession = (adapter: Adapter, { voice, language }: AsideWishes, eventId: string): ClientEvent => ({
  type: 'session.update',
  event_id: eventId,
  session: {
    type: 'realtime',
    output_modalities: ['audio'],
    audio: {
      input: {
        turn_detection: null,
        transcription: { ...(adapter.transcriptionModel === null ? {} : { model: adapter.transcriptionModel }), language },
      },
      output: { format: { type: 'audio/pcm', rate: adapter.outputRate }, ...(voice === null ? {} : { voice }) },
    },
  },
});

/** A response that belongs to no conversation, sees nothing of one, and says `words` as they stand. */
export const asideResponse = (words: string, eventId: string): ClientEvent => ({
  type: 'response.create',
  event_id: eventId,
  response: {
    conversation: 'none',
    input: [],
    output_modalities: ['audio'],
    tools: [],
    tool_choice: 'none',
    instructions: `Say exactly this and nothing else: “${words}”`,
    metadata: { [MARK]: eventId },
  },
});

/** The event id that a response was asked for by; undefined = it tells none. */
export const askedBy = (response: Readonly<Record<string, unknown>>): unknown =>
  (response['metadata'] as Readonly<Record<string, unknown>> | null | undefined)?.[MARK];
