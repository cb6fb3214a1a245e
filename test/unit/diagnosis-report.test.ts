import { describe, expect, it } from 'vitest';
import { diagnosisReport, withoutSecrets } from '../../src/diagnosis-report.ts';
import { idle, type Entry, type SessionState } from '../../src/session/state.ts';
import { AssistantError } from '../../src/shared/errors.ts';

const spoken = 'My account number is four seven one one';
const key = 'sk-proj-Ab12Cd34Ef56Gh78';
const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJl';
const secret = 'ek_6812a1b2c3d4e5f6a7b8c9d0';

const line = (text: string): Entry => ({
  id: 'u',
  role: 'user',
  text,
  revealed: text.length,
  status: 'final',
  images: ['data:image/png;base64,AAAA'],
  citations: [],
  at: 0,
});

const state: SessionState = {
  ...idle,
  phase: 'error',
  transcript: [line(spoken), line('yes')],
  error: new AssistantError('token-refused', `Incorrect API key provided: ${key}.`).toFacts(),
  notice: new AssistantError(
    'server-error',
    `could not answer “${spoken}” at wss://h.example/v1?token=${secret}&model=x`,
  ).toFacts(),
  settings: {
    model: 'm',
    voice: null,
    speed: null,
    reply: 'audio',
    turns: { type: 'none' },
    inputRate: 24_000,
    outputRate: 24_000,
    differences: [`instructions: Bearer ${token}`],
  },
  counters: { [`unknown:${token}`]: 2, underruns: 1 },
};

const devices = {
  list: [
    { id: 'idA', kind: 'microphone', label: 'Desk of Mira' },
    { id: 'idB', kind: 'camera', label: 'Camera of Mira' },
  ],
  microphone: 'gone',
  speaker: null,
  camera: 'idB',
  granted: {
    deviceId: 'idA',
    label: 'Desk',
    rate: 48_000,
    echoCancellation: true,
    noiseSuppression: null,
    autoGainControl: null,
  },
  canChooseSpeaker: true,
} as const;

describe('the report of a conversation', () => {
  const text = JSON.stringify(diagnosisReport(state, devices, { secure: true }));

  it.each([spoken, 'four seven', key, 'Ab12Cd34', token, 'c2lnbmF0dXJl', secret, 'base64', 'Mira', 'idA', 'idB', 'gone'])(
    'says nothing of %s',
    (hidden) => {
      expect(text).not.toContain(hidden);
    },
  );

  it('says what helps', () => {
    expect(JSON.parse(text)).toMatchObject({
      phase: 'error',
      lines: 2,
      error: { code: 'token-refused', message: 'Incorrect API key provided: […].' },
      notice: { code: 'server-error', message: 'could not answer “[…]” at wss://h.example/v1?token=[…]&model=x' },
      counters: { underruns: 1 },
      devices: {
        microphone: { count: 1, chosen: true, there: false },
        speaker: { count: 0, chosen: false, there: true },
        camera: { count: 1, chosen: true, there: true },
      },
      granted: { label: 'Desk', rate: 48_000 },
      page: { secure: true },
    });
  });
});

it('leaves plain words of engineers alone', () => {
  const plain = 'the capture worklet cannot be used: its script was not found, or a policy refused it';
  expect(withoutSecrets(plain, ['yes', 'no'])).toBe(plain);
  expect(withoutSecrets('x'.repeat(1000)).length).toBeLessThanOrEqual(300);
});
