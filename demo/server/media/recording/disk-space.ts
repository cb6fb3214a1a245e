import { statfs } from 'node:fs/promises';

/** Whether there is room for recordings. */

export interface DiskSpace {
  /** Bytes */
  readonly free: number;
  /** Bytes */
  readonly total: number;
}

export type ReadDiskSpace = (folder: string) => Promise<DiskSpace>;

export const readDiskSpace: ReadDiskSpace = async (folder) => {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { free: bavail * bsize, total: blocks * bsize };
};

const GIB = 2 ** 30;
/** To begin again there must be a little more than to stop, else it flutters. */
const AGAIN = 1.1;

/** Recording stops below 5 % or 1 GiB free, whichever is less, so that the machine itself never runs full. */
export function isRoomy({ free, total }: DiskSpace, wasRoomy: boolean): boolean {
  const least = Math.min(total * 0.05, GIB);
  return free > (wasRoomy ? least : least * AGAIN);
}
