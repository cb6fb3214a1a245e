import { kioskEdges, type KioskEdges } from '../../kiosk-edges.ts';
import { present } from './options.ts';
import type { Launcher } from './launcher.ts';

export type { KioskEdges };

/** What a kiosk loads to hear, see and be watched by: the devices that the tag's attributes name. */
export const edgesOf = ({ microphone, speaker, camera, stream, assetBase, workletUrl, workerUrl }: Launcher): KioskEdges =>
  kioskEdges(present({ microphone, speaker, camera, stream, assetBase, workletUrl, workerUrl }));
