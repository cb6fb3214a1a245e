import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fill } from '../strings.ts';
import { clockTime } from './moments.ts';
import type { VideoPane } from './video-pane.ts';

/** What browsers captured, and how it becomes a video. */
export function captureList({ words, captures, desk, work }: Pick<VideoPane, 'words' | 'captures' | 'desk' | 'work'>) {
  return html`<h3>${words.captures}</h3>
    <ul class="cards">
      ${repeat(
        captures,
        ({ id }) => id,
        ({ id, of, channels, status, createdMs, videoId }) => {
          const key = `capture ${id}`;
          return html`<li class="card">
            <h4><bdi>${fill(words.captureOf, { name: of, channels: channels.join(', ') })}</bdi></h4>
            <p class="facts">
              ${createdMs === null ? nothing : html`<time datetime=${new Date(createdMs).toISOString()}>${clockTime(createdMs)}</time> · `}${status}
            </p>
            ${
              videoId !== null
                ? html`<p class="facts">${words.captureExported}</p>`
                : channels.length === 0
                  ? nothing
                  : html`<div class="ways">
                      <button
                        class="outline"
                        aria-disabled=${work.busy(key)}
                        @click=${() => void work.run(key, () => desk.exportCapture(id))}
                      >
                        ${words.captureExport}
                      </button>
                    </div>`
            }
            ${
              work.busy(key)
                ? html`<label class="progress"><span>${words.exportProgress}</span><progress></progress></label>`
                : nothing
            }
          </li>`;
        },
      )}
    </ul>`;
}
