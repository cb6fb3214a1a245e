import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { CameraMessage } from './camera-child.ts';
import type { Shown } from './scenery.ts';

/** A camera in a process of its own. */

export interface Camera {
  /** What to pull; for a publisher, where it publishes to. */
  readonly url: string;
  /** Unix ms of its first picture and sample. */
  readonly beganMs: number;
  readonly shown: readonly Shown[];
  /** Resolves with how many pictures it missed itself. */
  stop(): Promise<number>;
}

/** `url`: `rtmp://…` to publish to; null = it is an RTSP server. `bFrames`: pictures are sent in another order than they are shown. */
export async function startCamera(
  url: string | null,
  bFrames: boolean,
  gapMs: number,
  eachMs: number,
  screens: readonly string[],
): Promise<Camera> {
  const shown: Shown[] = [];
  const args = [url ?? '', bFrames ? 'b-frames' : '', String(gapMs), String(eachMs), ...screens];
  const child = fork(new URL('./camera-child.ts', import.meta.url), args, { execArgv: ['--import', 'tsx'] });
  let missed = 0;
  const began = await new Promise<Extract<CameraMessage, { type: 'began' }>>((resolve, reject) => {
    child.on('message', (message: CameraMessage) => {
      if (message.type === 'began') resolve(message);
      else if (message.type === 'shown') shown.push({ atMs: message.atMs, screen: message.screen });
      else missed = message.missed;
    });
    child.once('exit', () => reject(new Error('the camera ended')));
  });
  return {
    url: began.url,
    beganMs: began.beganMs,
    shown,
    stop: async () => {
      const gone = once(child, 'exit');
      child.send('stop');
      await gone;
      return missed;
    },
  };
}
