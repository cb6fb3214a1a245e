import { kioskEdges, type KioskEdges } from '../../kiosk-edges.ts';
import type { Launcher } from './launcher.ts';

export type { KioskEdges };

/** What a kiosk loads to hear, see and be watched by: the devices that the tag's attributes name. */
export const edgesOf = ({ microphone, speaker, camera, stream, assetBase, workletUrl, workerUrl }: Launcher): KioskEdges =>
  kioskEdges({
    ...{ microphone, speaker, camera },
    stream: stream ?? undefined,
    assetBase: assetBase ?? undefined,
    workletUrl: workletUrl ?? undefined,
    workerUrl: workerUrl ?? undefined,
  });
