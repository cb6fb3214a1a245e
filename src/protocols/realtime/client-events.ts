import type { Json } from './events.ts';

/** What the client says, in GA shapes; a codec turns it into what the server reads. */

export type ClientEvent =
  | { readonly type: 'session.update'; readonly event_id: string; readonly session: Json }
  | { readonly type: 'input_audio_buffer.append'; readonly audio: string }
  | { readonly type: 'input_audio_buffer.commit' | 'input_audio_buffer.clear'; readonly event_id: string }
  | { readonly type: 'conversation.item.create'; readonly event_id: string; readonly item: Json }
  | {
      readonly type: 'conversation.item.truncate';
      readonly event_id: string;
      readonly item_id: string;
      readonly content_index: number;
      /** ms, an integer */
      readonly audio_end_ms: number;
    }
  | { readonly type: 'conversation.item.delete'; readonly event_id: string; readonly item_id: string }
  | { readonly type: 'response.create'; readonly event_id: string; readonly response?: Json }
  | { readonly type: 'response.cancel'; readonly event_id: string; readonly response_id: string };
