import { setPriority } from 'node:os';
import { recordedSpeech } from '../../engines/here.ts';
import { laid } from '../../engines/laid.ts';
import { reordered } from '../../support/media-samples.ts';
import { startRtmpPublisher, startRtspSource } from '../../support/media-sources.ts';
import { noise } from '../../support/signals.ts';
import { scenery } from './scenery.ts';

/**
 * A camera in a process of its own, as it is a machine of its own: whatever holds up the gateway or the player does not hold it up. Publishes
 * to the RTMP URL of its first argument, or is an RTSP server where there is none; sends pictures in another order than they are shown where
 * its second is `b-frames`; the last ones are screens.
 */

const [, , url = '', order = '', gapMs = '1000', eachMs = '6000', ...screens] = process.argv;

export type CameraMessage =
  | { readonly type: 'began'; readonly url: string; readonly beganMs: number }
  | { readonly type: 'shown'; readonly atMs: number; readonly screen: string }
  | { readonly type: 'over'; readonly missed: number };

const tell = (message: CameraMessage): void => void process.send?.(message);

try {
  setPriority(-10);
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  // Not everybody may: then it runs like everything else.
  if (code !== 'EACCES' && code !== 'EPERM') throw error;
}
const sound = laid(await recordedSpeech(), Number(gapMs), noise(3));
const drawn = await scenery(screens, Number(eachMs), (shown) => tell({ type: 'shown', ...shown }));
const wish = { drawn, sound: sound.pcm, ...(order === 'b-frames' ? { encoder: reordered() } : {}) };
const camera = url === '' ? await startRtspSource(wish) : startRtmpPublisher(url, wish);
tell({ type: 'began', url: camera.url, beganMs: camera.beganMs ?? 0 });
process.on('message', () => {
  void camera.stop().then(() => {
    tell({ type: 'over', missed: camera.missed });
    process.disconnect();
  });
});
process.on('disconnect', () => void camera.stop().then(() => process.exit(0)));
