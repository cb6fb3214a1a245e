import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskVideo, StreamsDesk } from '../../session/streams.ts';
import { span } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';
import type { Work } from './work.ts';

/** The lasting videos. */
export function videoPane(
  words: StreamWords,
  videos: readonly DeskVideo[],
  desk: StreamsDesk,
  work: Work,
  play: (video: DeskVideo) => void,
) {
  if (videos.length === 0) return html`<p class="empty">${words.videosNone}</p>`;
  return html`<ul class="cards">
    ${repeat(
      videos,
      ({ id }) => id,
      (video) => {
        const key = `words ${video.id}`;
        return html`<li class="card">
          <h4><bdi>${video.name}</bdi></h4>
          <p class="facts">${words.videoLength} ${span(video.lengthS * 1000)}</p>
          <div class="ways">
            <button class="solid" @click=${() => play(video)}>
              ${words.videoPlay}<span class="unseen"> ${video.name}</span>
            </button>
            ${
              video.playerUrl === null
                ? nothing
                : html`<a class="button" href=${video.playerUrl} target="_blank" rel="noopener">${words.videoPage}</a>`
            }
            <button
              class="outline"
              ?disabled=${work.busy(key)}
              @click=${() => void work.run(key, (progress) => desk.indexSpokenWords(video.id, progress))}
            >
              ${words.videoIndex}
            </button>
          </div>
          ${
            work.busy(key)
              ? html`<label class="progress">
                  <span>${words.videoIndexing}</span><progress max="100" .value=${work.progress(key) ?? 0}></progress>
                </label>`
              : nothing
          }
        </li>`;
      },
    )}
  </ul>`;
}
