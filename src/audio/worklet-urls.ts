import captureUrl from '../../worklets/capture.worklet.ts?worker&url';
import playbackUrl from '../../worklets/playback.worklet.ts?worker&url';

/** Where the processors' scripts are: beside this module, or in a folder that the page names. */

export interface WorkletLocation {
  /** Folder that holds `capture.worklet.js` and `playback.worklet.js`; wins over `assetBase`. */
  readonly workletUrl?: string | undefined;
  /** Folder of everything that is loaded on demand; the worklets are in its folder `worklets`, as in `dist/embed`. */
  readonly assetBase?: string | undefined;
}

export type WorkletName = 'capture' | 'playback';

const BESIDE: Readonly<Record<WorkletName, string>> = { capture: captureUrl, playback: playbackUrl };

/** An absolute URL. Folders may lack their last slash and are relative to the page. */
export function workletUrl(name: WorkletName, { workletUrl: folder, assetBase }: WorkletLocation): string {
  const file = `${name}.worklet.js`;
  if (folder !== undefined && folder !== '') return new URL(file, base(folder)).href;
  if (assetBase !== undefined && assetBase !== '') return new URL(`worklets/${file}`, base(assetBase)).href;
  return new URL(BESIDE[name], import.meta.url).href;
}

const base = (folder: string): string => new URL(folder.replace(/\/*$/, '/'), document.baseURI).href;
