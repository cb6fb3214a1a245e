import { html } from 'lit';
import { captionFormats, exportCaptions, type CaptionFormat, type CaptionSides } from '../../pipelines/caption-export.ts';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import type { CaptionStrings } from '../captions/caption-strings.ts';
import { saveCaptions } from './caption-file.ts';
import { copyIcon, saveIcon } from './icons.ts';

/** The ways to keep captions: copied as text, or saved as a file. `done` follows every press. */
export function saveSheet(
  words: CaptionStrings,
  lines: readonly CaptionLine[],
  sides: CaptionSides,
  copy: (text: string) => void,
  done: () => void,
) {
  const names: Record<CaptionFormat, string> = {
    txt: words.captionsTxt,
    json: words.captionsJson,
    srt: words.captionsSrt,
    vtt: words.captionsVtt,
  };
  const none = lines.length === 0;
  const press = (act: () => void) => (): void => {
    act();
    done();
  };
  return html`<button ?disabled=${none} @click=${press(() => copy(exportCaptions(lines, 'txt', sides)))}>
      ${copyIcon}${words.captionsCopy}
    </button>
    ${captionFormats.map(
      (format) =>
        html`<button name=${format} ?disabled=${none} @click=${press(() => saveCaptions(lines, format, sides))}>
          ${saveIcon}${names[format]}
        </button>`,
    )}`;
}
