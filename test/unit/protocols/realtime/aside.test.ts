import { describe, expect, it, onTestFinished } from 'vitest';
import { adapterOf } from '../../../../src/protocols/realtime/adapters.ts';
import { aside, type Aside, type AsideOptions, type AsideSound } from '../../../../src/protocols/realtime/aside.ts';
import { encodeBase64 } from '../../../../src/protocols/realtime/base64.ts';
import { AssistantError } from '../../../../src/shared/errors.ts';
import { fakeSocket } from '../../../support/fake-socket.ts';

const SAMPLES = Int16Array.of(1, -2, 300, 32_767);
const delta = (response: string) => ({
  type: 'response.output_audio.delta',
  response_id: response,
  item_id: 'item',
  content_index: 0,
  delta: encodeBase64(new Uint8Array(SAMPLES.buffer)),
});

/** A line to a server that a test plays. */
function line(options: Partial<AsideOptions> = {}) {
  const { WebSocket, connections } = fakeSocket();
  const lines: Aside[] = [];
  const faults: unknown[] = [];
  const open = aside({
    adapter: adapterOf('gateway'),
    url: 'wss://site.test/v1/realtime',
    model: null,
    token: 'ek_1',
    voice: 'wren',
    language: 'fr',
    WebSocket,
    ...options,
  }).subscribe({ next: (each) => lines.push(each), error: (fault: unknown) => faults.push(fault) });
  onTestFinished(() => open.unsubscribe());
  return { connections, lines, faults, open };
}

/** … that takes sentences, and one being said. */
function saying() {
  const { connections, lines } = line();
  const [wire] = connections;
  wire?.open();
  wire?.receive({ type: 'session.updated', session: {} });
  const heard: AsideSound[] = [];
  const ends: unknown[] = [];
  const said = lines[0]?.say('Êtes-vous là ?').subscribe({
    next: (sound) => heard.push(sound),
    error: (fault: unknown) => ends.push(fault),
    complete: () => ends.push('said'),
  });
  const created = (id: string, mark: string) => ({
    type: 'response.created',
    response: { id, conversation_id: null, metadata: { viva: mark } },
  });
  return { wire, heard, ends, said, created };
}

describe('a sentence beside the conversation', () => {
  it('is asked for on a connection that looks for nobody’s turns, in the voice and language of the conversation', () => {
    const { connections, lines } = line();
    const [wire] = connections;
    expect(wire?.protocols).toEqual(['realtime', 'openai-insecure-api-key.ek_1']);
    wire?.open();
    expect(wire?.messages[0]).toMatchObject({
      type: 'session.update',
      session: { audio: { input: { turn_detection: null, transcription: { language: 'fr' } }, output: { voice: 'wren' } } },
    });
    expect(lines).toEqual([]);
    wire?.receive({ type: 'session.updated', session: {} });
    expect(lines).toHaveLength(1);
  });

  it('belongs to no conversation and sees none; its sound comes, and nobody else’s', () => {
    const { wire, heard, ends, created } = saying();
    expect(wire?.messages.at(-1)).toMatchObject({
      type: 'response.create',
      response: { conversation: 'none', input: [], tools: [], output_modalities: ['audio'], metadata: { viva: 'aside_1' } },
    });
    expect(JSON.stringify(wire?.messages.at(-1))).toContain('“Êtes-vous là ?”');
    wire?.receive(created('r0', 'create_7'));
    wire?.receive(delta('r0'));
    wire?.receive(created('r1', 'aside_1'));
    wire?.receive(delta('r1'));
    wire?.receive({ type: 'response.done', response: { id: 'r0', status: 'completed' } });
    expect(ends).toEqual([]);
    wire?.receive({ type: 'response.done', response: { id: 'r1', status: 'completed' } });
    expect(heard).toEqual([{ pcm: SAMPLES, rate: 24_000 }]);
    expect(ends).toEqual(['said']);
  });

  it('is cancelled when nobody wants it any more, once it is known which one it is', () => {
    const { wire, said, created } = saying();
    wire?.receive(created('r1', 'aside_1'));
    said?.unsubscribe();
    expect(wire?.messages.at(-1)).toMatchObject({ type: 'response.cancel', response_id: 'r1' });
  });

  it.each([
    ['the server failed', { type: 'response.done', response: { id: 'r1', status: 'failed' } }, 'server-error'],
    ['it was refused', { type: 'error', error: { event_id: 'aside_1', code: 'x' } }, 'server-error'],
    ['its sound is no base64', { ...delta('r1'), delta: '%%%' }, 'bad-message'],
    ['what comes is no event', 'hello', 'bad-message'],
  ])('fails by name when %s', (_what, message, code) => {
    const { wire, ends, created } = saying();
    wire?.receive(created('r1', 'aside_1'));
    wire?.receive(message);
    expect(ends.map((end) => (end instanceof AssistantError ? end.code : end))).toEqual([code]);
  });

  it('fails when the server hangs up in the middle of it', () => {
    const { wire, ends } = saying();
    wire?.close(1000, 'bye');
    expect(ends.map((end) => (end instanceof AssistantError ? end.code : end))).toEqual(['socket-closed']);
  });

  it('is spoken all the same where the voice was refused, and not at all by a server that a page cannot ask so', () => {
    const { connections, lines } = line();
    connections[0]?.open();
    connections[0]?.receive({ type: 'error', error: { event_id: 'aside_settings', code: 'invalid_value' } });
    expect(lines).toHaveLength(1);
    const other = line({ adapter: adapterOf('speaches') });
    expect(other.connections).toEqual([]);
    expect(other.faults).toMatchObject([{ code: 'unsupported', field: 'preset' }]);
  });
});
