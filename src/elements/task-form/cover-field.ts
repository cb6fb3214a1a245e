import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { fill } from '../strings.ts';
import type { TaskWords } from '../tasks/task-strings.ts';
import { drawCover, TYPES, type Cover } from './cover-picture.ts';

/** The field that takes a cover, with what it will look like. */

export interface CoverField {
  readonly words: TaskWords;
  readonly cover: Cover | 'big' | 'bad' | null;
  readonly take: (file: Blob | null) => void;
}

export function coverField({ words, cover, take }: CoverField) {
  const picked = (event: Event): void => take((event.target as HTMLInputElement).files?.[0] ?? null);
  const remove = (event: Event): void => {
    const field = (event.currentTarget as HTMLElement).closest('.field')?.querySelector<HTMLInputElement>('input[type="file"]');
    if (field != null) {
      field.value = '';
      field.focus();
    }
    take(null);
  };
  const wrong = cover === 'big' ? words.formImageBig : cover === 'bad' ? words.formImageBad : '';
  const fine = cover === null || typeof cover === 'string' ? null : cover;
  return html`<div class="field">
    <label>
      <span>${words.formImage} <span class="optional">${words.formOptional}</span></span>
      <input
        type="file"
        name="image"
        accept=${TYPES.join(',')}
        aria-describedby="image-hint image-wrong"
        aria-invalid=${wrong === '' ? nothing : 'true'}
        @change=${picked}
      />
    </label>
    <small id="image-hint">${words.formImageHint}</small>
    <p id="image-wrong" class="bad" role="status">${wrong}</p>
    ${
      fine === null
        ? nothing
        : html`<canvas
              part="cover"
              role="img"
              aria-label=${fill(words.formImageAlt, { width: fine.width, height: fine.height })}
              ${ref((canvas) => {
                if (canvas instanceof HTMLCanvasElement) drawCover(canvas, fine);
              })}
            ></canvas>
            <div class="ways"><button type="button" class="outline" @click=${remove}>${words.formImageRemove}</button></div>`
    }
  </div>`;
}
