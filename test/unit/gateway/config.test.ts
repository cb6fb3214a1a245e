import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../demo/server/config.ts';

const roles = (env: NodeJS.ProcessEnv): ReturnType<typeof readConfig>['roles'] => readConfig(env, 5173).roles;

describe('readConfig', () => {
  it('plays every role here when nothing else is said', () => {
    expect(roles({})).toEqual({ hear: null, translate: null, speak: null, answer: null, see: null });
  });

  it('sends every role to the one server that a key or an address names', () => {
    expect(roles({ OPENAI_API_KEY: 'k' }).hear).toEqual({ baseUrl: 'https://api.openai.com/v1', apiKey: 'k', model: null });
    expect(roles({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }).see).toEqual({
      baseUrl: 'http://127.0.0.1:1/v1',
      apiKey: null,
      model: null,
    });
  });

  it('shows the general key to no other server', () => {
    const { answer, hear } = roles({ OPENAI_API_KEY: 'general', ANSWER_BASE_URL: 'http://127.0.0.1:1/v1', HEAR_MODEL: 'm' });
    expect(answer).toEqual({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: null, model: null });
    expect(hear).toEqual({ baseUrl: 'https://api.openai.com/v1', apiKey: 'general', model: 'm' });
  });

  it('names every variable that is wrong, at once', () => {
    expect(() => readConfig({ PORT: 'many', HEAR_BASE_URL: 'not a url' }, 5173)).toThrow(/PORT.*HEAR_BASE_URL/s);
  });
});
