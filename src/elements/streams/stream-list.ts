import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskStream } from '../../session/streams.ts';
import type { StreamWords } from './stream-strings.ts';

/** The streams there are, each with how it does. */

export const stateOf = ({ status, state }: Pick<DeskStream, 'status' | 'state'>): NonNullable<DeskStream['state']> =>
  state ?? (status === 'connected' ? 'connecting' : 'stopped');

/** How a stream does, for who cannot see it. */
export function spokenState(words: StreamWords, stream: DeskStream | null): string {
  if (stream === null) return '';
  const { name, message } = stream;
  return `${name}: ${words[`stream-${stateOf(stream)}`]}${message === null ? '' : `. ${message}`}`;
}

export function streamList(
  words: StreamWords,
  streams: readonly DeskStream[],
  selected: string | null,
  select: (id: string) => void,
) {
  return html`<ul part="list" class="list">
    ${repeat(
      streams,
      ({ id }) => id,
      (stream) => {
        const state = stateOf(stream);
        return html`<li>
          <button
            part="stream"
            class="row"
            aria-current=${stream.id === selected ? 'true' : 'false'}
            @click=${() => select(stream.id)}
          >
            <span class="dot ${state}" aria-hidden="true"></span>
            <span class="name"><bdi>${stream.name}</bdi></span>
            <small>${words[`stream-${state}`]}</small>
          </button>
        </li>`;
      },
    )}
  </ul>`;
}
