import { html, nothing } from 'lit';
import type { Alert } from '../../pipelines/alert-store.ts';
import type { Thumbnail } from '../../pipelines/playback-chapters.ts';
import { severityIcons } from '../alerts/icons.ts';
import { percent, placed } from '../player/placed.ts';

/** What is shown above the bar where the pointer is. */
export interface Preview {
  /** 0–1 */
  readonly share: number;
  readonly time: string;
  readonly chapter: string;
  readonly scene: string;
  readonly thumbnail: Thumbnail | null;
  readonly alert: Alert | null;
  readonly more: string;
}

const px = (value: number): string => `${value}px`;

export const preview = ({ share, time, chapter, scene, thumbnail, alert, more }: Preview) =>
  html`<div part="preview" class="preview" aria-hidden="true" ${placed({ '--at': percent(share) })}>
    ${thumbnail === null ? nothing : picture(thumbnail)}
    ${
      alert === null
        ? nothing
        : html`<p class="alert ${alert.severity}">
            <span class="sign">${severityIcons[alert.severity]}</span
            ><bdi>${alert.label}</bdi>${more === '' ? nothing : html` <small>${more}</small>`}
          </p>`
    }
    ${chapter === '' ? nothing : html`<p class="chapter" dir="auto">${chapter}</p>`}
    ${scene === '' ? nothing : html`<p class="scene-text" dir="auto">${scene}</p>`}
    <p class="time"><bdi>${time}</bdi></p>
  </div>`;

function picture({ url, part }: Thumbnail) {
  if (part === null) return html`<img class="thumbnail" src=${url} alt="" />`;
  const { x, y, width, height } = part;
  return html`<div class="thumbnail sprite" ${placed({ '--w': px(width), '--h': px(height) })}>
    <img src=${url} alt="" ${placed({ '--x': px(-x), '--y': px(-y) })} />
  </div>`;
}
