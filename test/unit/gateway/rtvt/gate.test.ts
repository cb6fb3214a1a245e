import { describe, expect, it } from 'vitest';
import { RtvtFault } from '../../../../demo/server/rtvt/fault.ts';
import { gateText, readGateLogin, readGateSettings } from '../../../../demo/server/rtvt/gate.ts';

const query = (text: string): URLSearchParams => new URLSearchParams(text);
const codeOf = (work: () => unknown): number | null => {
  try {
    work();
    return null;
  } catch (cause) {
    return cause instanceof RtvtFault ? cause.code : -1;
  }
};

describe('the query of the gate', () => {
  it('logs in, with a token that nobody escaped too', () => {
    const login = { pid: 7, token: 'a+b/c=', ts: 1_713_354_552 };
    expect(readGateLogin(query('pid=7&ts=1713354552&token=a%2Bb%2Fc%3D'))).toEqual(login);
    expect(readGateLogin(query('pid=7&ts=1713354552&token=a+b/c='))).toEqual(login);
  });

  it('has the defaults of its documents', () => {
    expect(readGateSettings(query(''))).toMatchObject({
      srcLanguage: 'zh',
      destLanguage: 'en',
      asrResult: true,
      asrTempResult: true,
      transResult: true,
      ttsResult: false,
      vadSilenceTime: undefined,
    });
    expect(readGateSettings(query('asrTempResult=false&vadSilenceTime=1000&codec=0'))).toMatchObject({
      asrTempResult: false,
      vadSilenceTime: 1000,
      codec: 0,
    });
  });

  it('is refused where it is wrong', () => {
    expect(codeOf(() => readGateLogin(query('pid=7&ts=1')))).toBe(10009);
    expect(codeOf(() => readGateLogin(query('pid=seven&ts=1&token=x')))).toBe(10010);
    expect(codeOf(() => readGateSettings(query('ttsResult=1')))).toBe(10010);
    expect(codeOf(() => readGateSettings(query('vadSilenceTime=1.5')))).toBe(10010);
  });
});

describe('gateText', () => {
  const result = {
    pid: 7,
    streamId: 2n ** 62n,
    startTs: 20,
    endTs: 900,
    recTs: 5,
    lang: 'en',
    taskId: 3n,
    text: 'Hello',
  } as const;

  it('writes every number as a string', () => {
    const text = gateText({ ...result, method: 'recognizedResult', side: 'original', final: true });
    expect(JSON.parse(text)).toEqual({
      method: 'recognizedResult',
      pid: '7',
      streamId: '4611686018427387904',
      startTs: '20',
      endTs: '900',
      recTs: '5',
      lang: 'en',
      taskId: '3',
      asr: 'Hello',
    });
  });

  it('tells no end of what is still being said', () => {
    const text = gateText({ ...result, method: 'translatedTempResult', side: 'translation', final: false });
    expect(JSON.parse(text)).toMatchObject({ endTs: '0', trans: 'Hello' });
  });

  it('carries speech as base64', () => {
    const data = Uint8Array.of(1, 2, 3);
    const text = gateText({ method: 'ttsResult', streamId: 1n, text: 'Hola', lang: 'es', data, taskId: 3n });
    expect(JSON.parse(text)).toEqual({ method: 'ttsResult', streamId: '1', text: 'Hola', lang: 'es', data: 'AQID', taskId: '3' });
  });
});
