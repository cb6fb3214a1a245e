import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DeskCapture, DeskClip, DeskVideo, StreamsDesk } from '../../session/streams.ts';
import { captureList } from './capture-list.ts';
import { span } from './moments.ts';
import type { StreamWords } from './stream-strings.ts';
import { videoMore } from './video-more.ts';
import type { Work } from './work.ts';

/** The lasting videos, and captures that can become some. */

export interface VideoPane {
  readonly words: StreamWords;
  readonly videos: readonly DeskVideo[];
  readonly captures: readonly DeskCapture[];
  readonly desk: StreamsDesk;
  readonly work: Work;
  /** What was told of a video, by what was asked and its id: `words m-1`. */
  readonly answers: ReadonlyMap<string, string>;
  readonly answered: (key: string, answer: string) => void;
  readonly play: (clip: DeskClip) => void;
}

export function videoPane(pane: VideoPane) {
  const { words, videos, captures, play } = pane;
  return html`${
    videos.length === 0
      ? html`<p class="empty">${words.videosNone}</p>`
      : html`<ul class="cards">
          ${repeat(
            videos,
            ({ id }) => id,
            (video) =>
              html`<li class="card">
                <h4><bdi>${video.name}</bdi></h4>
                <p class="facts">${words.videoLength} ${span(video.lengthS * 1000)}</p>
                <div class="ways">
                  <button class="solid" aria-label="${words.videoPlay} ${video.name}" @click=${() => play(video)}>
                    ${words.videoPlay}
                  </button>
                  ${
                    video.playerUrl === null
                      ? nothing
                      : html`<a class="button" href=${video.playerUrl} target="_blank" rel="noopener">${words.videoPage}</a>`
                  }
                </div>
                ${videoMore(pane, video)}
              </li>`,
          )}
        </ul>`
  }
  ${captures.length === 0 ? nothing : captureList(pane)}`;
}
