import type { AssistantSettings, EffectiveSettings } from '../../shared/wire.ts';
import type { Adapter } from './adapters.ts';
import type { ClientEvent } from './client-events.ts';
import { effectiveOf, ga, sessionOf, type Codec } from './codec-ga.ts';
import { isObject, text, type Json } from './events.ts';

/** What was asked of the server, and what to ask instead when it refuses. */

/** Parts of a wish that are given up one by one, before the connection is. */
const MOST_RETRIES = 6;

export class ConnectionSettings {
  readonly #adapter: Adapter;
  #codec = ga;
  #wish: AssistantSettings = {};
  #asked: Json = {};
  #omitted: readonly string[] = [];
  #serial = 0;
  /** The voice cannot change any more: the assistant has spoken. */
  voiceFixed = false;

  constructor(adapter: Adapter) {
    this.#adapter = adapter;
  }

  /** The newest update was meant; null = it may have been. */
  isMine(eventId: string | null): boolean {
    return eventId === `settings_${this.#serial}`;
  }

  update(wish: AssistantSettings, codec: Codec): ClientEvent {
    this.#wish = wish;
    this.#codec = codec;
    this.#asked = sessionOf(wish, this.#adapter);
    this.#serial += 1;
    const omitted = this.voiceFixed ? [...this.#omitted, 'audio.output.voice', 'voice'] : this.#omitted;
    return {
      type: 'session.update',
      event_id: `settings_${this.#serial}`,
      session: omitted.reduce((left, path) => without(left, path.split('.')), codec.reshape(this.#asked)),
    };
  }

  /** After a refusal: the same wish less what was refused; null when nothing more can be given up. */
  lessen(error: Json): ClientEvent | null {
    if (text(error['code']) === 'cannot_update_voice' && !this.voiceFixed) this.voiceFixed = true;
    else {
      const path = text(error['param'])?.replace(/^session\./, '') ?? 'type';
      if (path === 'type' || this.#omitted.includes(path) || this.#omitted.length >= MOST_RETRIES) return null;
      this.#omitted = [...this.#omitted, path];
    }
    return this.update(this.#wish, this.#codec);
  }

  effective(session: Json): EffectiveSettings & { readonly transcribes: boolean } {
    return effectiveOf(this.#codec.nest(session), this.#asked, this.#adapter);
  }
}

/** The object less one member at any depth; a path that does not exist changes nothing. */
function without(json: Json, [key = '', ...rest]: readonly string[]): Json {
  const inner = json[key];
  if (rest.length === 0) return { ...json, [key]: undefined };
  return isObject(inner) ? { ...json, [key]: without(inner, rest) } : json;
}
