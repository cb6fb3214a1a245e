import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that are whole or not there, also after a crash. */

/** Written beside, on the disk, then in place. A crash leaves `<name>.tmp` at most. */
export async function writeWhole(folder: string, name: string, pieces: readonly Uint8Array[]): Promise<void> {
  const beside = join(folder, `${name}.tmp`);
  try {
    const file = await open(beside, 'w');
    try {
      for (const piece of pieces) await file.writeFile(piece);
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(beside, join(folder, name));
  } catch (error) {
    // On a full disk what is half written takes room that others need.
    await rm(beside, { force: true });
    throw error;
  }
}

/** On the disk when it resolves; nothing of it is there when it rejects. */
export async function appendDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'a');
  const { size } = await file.stat();
  try {
    await file.appendFile(text);
    await file.datasync();
  } catch (error) {
    await file.truncate(size);
    throw error;
  } finally {
    await file.close();
  }
}
