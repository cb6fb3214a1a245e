import { html, nothing } from 'lit';
import { counted } from '../counted.ts';
import type { DeskHit, DeskStream, DeskVideo, SearchWhere } from '../../session/streams.ts';
import { clockTime, span } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';

/** Looking for what was said or seen. */

export interface SearchPane {
  readonly words: StreamWords;
  readonly stream: DeskStream | null;
  readonly videos: readonly DeskVideo[];
  readonly busy: boolean;
  /** Null: nothing was searched for yet. */
  readonly hits: readonly DeskHit[] | null;
  readonly search: (where: SearchWhere, query: string) => void;
  readonly play: (hits: readonly DeskHit[]) => void;
}

export function searchPane({ words, stream, videos, busy, hits, search, play }: SearchPane) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [query, where] = [form.get('query'), form.get('where')];
    if (typeof query === 'string' && typeof where === 'string') search(whereOf(where), query.trim());
  };
  return html`<form class="line" role="search" @submit=${submit}>
      <label><span>${words.searchLabel}</span><input name="query" type="search" required maxlength="500" /></label>
      <label>
        <span>${words.searchWhere}</span>
        <select name="where">
          ${stream === null ? nothing : html`<option value="stream ${stream.id}" selected>${words.searchHere}</option>`}
          <option value="all">${words.searchAll}</option>
          ${videos.map(({ id, name }) => html`<option value="video ${id}">${words.searchVideo.replace('{name}', name)}</option>`)}
        </select>
      </label>
      <button class="solid" aria-disabled=${busy}>${words.searchGo}</button>
    </form>
    <p role="status">
      ${hits === null ? '' : hits.length === 0 ? words.searchNothing : counted(words, 'searchFound', hits.length)}
    </p>
    ${
      hits === null || hits.length === 0
        ? nothing
        : html`${
              hits.length > 1 && hits.every(({ of }) => of.kind === 'video')
                ? html`<button class="outline" @click=${() => play(hits)}>${words.searchCompile}</button>`
                : nothing
            }
            <ol class="lines">
              ${hits.map(
                (hit) =>
                  html`<li>
                    <button class="outline" aria-label="${words.searchPlay} ${hit.text.slice(0, 80)}" @click=${() => play([hit])}>
                      ${words.searchPlay}
                    </button>
                    <p dir="auto" class="hit">
                      <small
                        ><bdi>${hit.of.name}</bdi> ·
                        ${hit.of.kind === 'stream' ? clockTime(hit.startMs) : span(hit.startMs)}</small
                      >
                      ${hit.text}
                    </p>
                  </li>`,
              )}
            </ol>`
    }`;
}

function whereOf(text: string): SearchWhere {
  const [kind, id] = text.split(' ');
  return (kind === 'stream' || kind === 'video') && id !== undefined ? { in: kind, id } : { in: 'all' };
}
