import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../../../demo/server/realtime/dialect.ts';
import { sessionSpec } from '../../../../demo/server/realtime/response-input.ts';
import type { ResponseSpec } from '../../../../demo/server/realtime/response-input.ts';
import { ResponseWriter } from '../../../../demo/server/realtime/response-writer.ts';
import { defaultConfig } from '../../../../demo/server/realtime/session-config.ts';

const USAGE = { inputTextTokens: 10, inputAudioTokens: 20, outputTextTokens: 5 };

function writerOf(wish: Partial<ResponseSpec> = {}): { writer: ResponseWriter; events: ServerEvent[]; types: () => string[] } {
  const events: ServerEvent[] = [];
  let ids = 0;
  const spec = { ...sessionSpec(defaultConfig('realtime', 'm', 'marin')), ...wish };
  const writer = new ResponseWriter({
    id: 'resp_1',
    conversationId: 'conv_1',
    spec,
    emit: (event) => events.push(event),
    newId: (prefix) => `${prefix}_${++ids}`,
    store: spec.inConversation ? { add: () => 'item_user', change: () => undefined, previousOf: () => 'item_user' } : null,
  });
  return { writer, events, types: () => events.map((event) => event.type) };
}

describe('ResponseWriter', () => {
  it('writes a spoken answer in the order of the protocol', () => {
    const { writer, types } = writerOf();
    writer.begin();
    writer.spoken('We are open.');
    writer.sound(new Int16Array(6000));
    writer.finish({ status: 'completed' }, USAGE);
    expect(types()).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_audio_transcript.delta',
      'response.output_audio.delta',
      'response.output_audio.delta',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
  });

  it('writes a typed answer with its page', () => {
    const { writer, events, types } = writerOf({ modality: 'text' });
    writer.begin();
    writer.text('We are ');
    writer.text('open.');
    writer.citation('https://shop.test/hours', 'Hours');
    writer.citation('https://shop.test/hours', 'Hours');
    writer.finish({ status: 'completed' }, USAGE);
    expect(types().filter((type) => type.startsWith('response.output_text'))).toEqual([
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
    ]);
    const annotations = [{ type: 'url_citation', url: 'https://shop.test/hours', title: 'Hours' }];
    expect(events.find((event) => event.type === 'response.content_part.done')).toMatchObject({
      part: { type: 'text', text: 'We are open.', annotations },
    });
    expect(events.find((event) => event.type === 'response.output_item.done')).toMatchObject({
      item: { status: 'completed', content: [{ type: 'output_text', text: 'We are open.', annotations }] },
    });
  });

  it('writes a call with its arguments, after the words before it', () => {
    const { writer, events, types } = writerOf({ modality: 'text' });
    writer.begin();
    writer.text('One moment.');
    writer.toolCall('look_up', '{"order":"17"}');
    writer.finish({ status: 'completed' }, USAGE);
    expect(types().slice(8)).toEqual([
      'response.output_item.done',
      'response.output_item.added',
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
    expect(events.at(-1)).toMatchObject({
      response: {
        output: [
          { type: 'message' },
          { type: 'function_call', status: 'completed', name: 'look_up', arguments: '{"order":"17"}' },
        ],
      },
    });
    expect(events.filter((event) => 'output_index' in event).map((event) => event['output_index'])).toEqual([
      0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
    ]);
  });

  it('a cut answer still gets every .done, and nothing comes after', () => {
    const { writer, events, types } = writerOf();
    writer.begin();
    writer.spoken('We are');
    writer.sound(new Int16Array(100));
    writer.finish({ status: 'cancelled', reason: 'turn_detected' }, USAGE);
    const count = events.length;
    writer.sound(new Int16Array(100));
    writer.finish({ status: 'completed' }, USAGE);
    writer.text('late');
    writer.spoken('late');
    writer.toolCall('late', '{}');
    expect(events.length).toBe(count);
    expect(types().filter((type) => type.endsWith('.done'))).toEqual([
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
    expect(events[count - 1]).toMatchObject({
      response: {
        status: 'cancelled',
        status_details: { type: 'cancelled', reason: 'turn_detected' },
        output: [{ status: 'incomplete' }],
      },
    });
  });

  it('counts tokens as the protocol does: 50 ms of sound each', () => {
    const { writer, events } = writerOf();
    writer.begin();
    writer.spoken('x');
    writer.sound(new Int16Array(24000));
    writer.finish({ status: 'completed' }, USAGE);
    expect(events.at(-1)).toMatchObject({
      response: {
        usage: {
          total_tokens: 55,
          input_tokens: 30,
          output_tokens: 25,
          input_token_details: { text_tokens: 10, audio_tokens: 20 },
          output_token_details: { text_tokens: 5, audio_tokens: 20 },
        },
      },
    });
  });

  it('beside the conversation no item of it is told, and the metadata comes back', () => {
    const { writer, events, types } = writerOf({ inConversation: false, metadata: { purpose: 'test' }, modality: 'text' });
    writer.begin();
    writer.text('x');
    writer.finish({ status: 'completed' }, USAGE);
    expect(types().filter((type) => type.startsWith('conversation'))).toEqual([]);
    expect(events.at(-1)).toMatchObject({ response: { conversation_id: null, metadata: { purpose: 'test' } } });
  });
});
