import type { AssistantSettings, EffectiveSettings } from '../../shared/wire.ts';
import type { Adapter, Dialect } from './adapters.ts';
import type { ClientEvent } from './client-events.ts';
import { effectiveOf, overlay, sessionOf, withoutVoice } from './codec-ga.ts';
import { nest, reshape } from './codec-beta.ts';
import { isObject, object, text, type Json } from './events.ts';

/** What was asked of the server, in the shape it reads, and what to ask instead when it refuses. */

/** Parts of a wish that are given up one by one, before the connection is. */
const MOST_RETRIES = 6;

export class ConnectionSettings {
  readonly #adapter: Adapter;
  #wish: AssistantSettings;
  #asked: Json = {};
  #omitted: readonly string[] = [];
  #serial = 0;
  #dialect: Dialect;
  /** The voice cannot change any more: the assistant has spoken. */
  voiceFixed = false;

  constructor(adapter: Adapter, dialect: Dialect, wish: AssistantSettings) {
    this.#adapter = adapter;
    this.#dialect = dialect;
    this.#wish = wish;
  }

  set dialect(dialect: Dialect) {
    this.#dialect = dialect;
  }

  /** The update was about these settings. */
  isMine(eventId: string | null): boolean {
    return eventId === `settings_${this.#serial}`;
  }

  update(wish: AssistantSettings): ClientEvent {
    this.#wish = wish;
    this.#asked = sessionOf(wish, this.#adapter);
    this.#serial += 1;
    const { sessionShape } = this.#adapter;
    const shape = this.#dialect === 'beta' ? 'flat' : sessionShape === 'flat' ? 'nested' : sessionShape;
    const session = reshape(this.voiceFixed ? withoutVoice(this.#asked) : this.#asked, shape);
    return {
      type: 'session.update',
      event_id: `settings_${this.#serial}`,
      session: this.#omitted.reduce((left, path) => without(left, path.split('.')), session),
    };
  }

  /** After a refusal: the same wish less what was refused; null when nothing more can be given up. */
  lessen(error: Json): ClientEvent | null {
    if (text(error['code']) === 'cannot_update_voice' && !this.voiceFixed) {
      this.voiceFixed = true;
      return this.update(this.#wish);
    }
    const path = text(error['param'])?.replace(/^session\./, '') ?? '';
    if (path === '' || path === 'type' || this.#omitted.includes(path) || this.#omitted.length >= MOST_RETRIES) return null;
    this.#omitted = [...this.#omitted, path];
    return this.update(this.#wish);
  }

  /** The user's words will come as text. */
  transcribes(session: Json): boolean {
    return Boolean(object(object(object(overlay(this.#asked, nest(session))['audio'])['input'])['transcription']));
  }

  effective(session: Json): EffectiveSettings {
    return effectiveOf(nest(session), this.#asked, this.#adapter);
  }
}

function without(json: Json, [key = '', ...rest]: readonly string[]): Json {
  const inner = json[key];
  return { ...json, [key]: rest.length > 0 && isObject(inner) ? without(object(inner), rest) : undefined };
}
