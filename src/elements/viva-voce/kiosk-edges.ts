import { kioskEdges, type KioskEdges } from '../../kiosk-edges.ts';
import type { Launcher } from './launcher.ts';
import { readOptions } from './options.ts';

export type { KioskEdges };

/** What a kiosk loads to hear, see, speak and be watched by: the devices and the voice that the tag's attributes name. */
export function edgesOf(host: Launcher): KioskEdges {
  const { microphone, speaker, camera, stream, assetBase, workletUrl, workerUrl } = host;
  return kioskEdges({
    ...{ microphone, speaker, camera },
    stream: stream ?? undefined,
    assetBase: assetBase ?? undefined,
    workletUrl: workletUrl ?? undefined,
    workerUrl: workerUrl ?? undefined,
    // The assistant that a page gave may speak anywhere; an interpreter speaks another protocol.
    conversation: () =>
      host.given || host.interprets ? null : readOptions(host, new URL(import.meta.url).origin, document.baseURI).options,
  });
}
