import { html } from 'lit';
import { captionFormats, exportCaptions, type CaptionFormat } from '../../pipelines/caption-export.ts';
import type { CaptionLine } from '../../pipelines/caption-lines.ts';
import { captionStrings } from '../captions/caption-strings.ts';
import type { Strings } from '../english.ts';
import { copyText } from '../copy-text.ts';
import { saveCaptions } from '../live-captions/caption-file.ts';
import { copyIcon, saveIcon } from '../live-captions/icons.ts';
import { closeMenus, menu } from '../live-captions/menu.ts';
import { playerStrings } from '../player/player-strings.ts';

/** The ways to keep a transcript; the lines are made when one is pressed, not before. */
export function saveMenu(
  given: Partial<Strings>,
  none: boolean,
  lines: () => readonly CaptionLine[],
  root: ParentNode,
  told: (words: string) => void,
) {
  const words = { ...captionStrings, ...playerStrings, ...given };
  const names: Record<CaptionFormat, string> = {
    txt: words.captionsTxt,
    json: words.captionsJson,
    srt: words.captionsSrt,
    vtt: words.captionsVtt,
  };
  const copy = async (): Promise<void> => {
    closeMenus(root);
    told((await copyText(exportCaptions(lines(), 'txt'))) ? words.captionsCopied : words.captionsNotCopied);
  };
  const save = (format: CaptionFormat) => (): void => {
    saveCaptions(lines(), format, 'both');
    closeMenus(root);
  };
  return menu(
    'save',
    words.playerSave,
    saveIcon,
    html`<button ?disabled=${none} @click=${copy}>${copyIcon}${words.captionsCopy}</button> ${captionFormats.map(
        (format) => html`<button name=${format} ?disabled=${none} @click=${save(format)}>${saveIcon}${names[format]}</button>`,
      )}`,
  );
}
