import { createHmac, timingSafeEqual } from 'node:crypto';

/** Addresses of frames, signed over their path: `<img>` sends no header. Pure but for its key. */

export interface FrameUrls {
  /** `base`: `https://host` as the caller reaches this gateway, without a slash at its end. */
  frame(base: string, taskId: string, filename: string): string;
  verifies(taskId: string, filename: string, signature: string): boolean;
}

/** `key`: kept by the gateway; whoever has it can make addresses. */
export function createFrameUrls(key: Uint8Array | string): FrameUrls {
  // A key of its own, so that nothing else that is signed with the gateway's key can be passed off as an address.
  const own = createHmac('sha256', key).update('viva-voce livestream frames').digest();
  const mac = (path: string): string => createHmac('sha256', own).update(path).digest('base64url').slice(0, 22);
  const pathOf = (taskId: string, filename: string): string => `/livestream/tasks/${taskId}/frames/${filename}`;
  return {
    frame: (base, taskId, filename) => {
      const path = pathOf(taskId, filename);
      return `${base}${path}?s=${mac(path)}`;
    },
    verifies: (taskId, filename, signature) => {
      const [right, given] = [Buffer.from(mac(pathOf(taskId, filename))), Buffer.from(signature)];
      return right.length === given.length && timingSafeEqual(right, given);
    },
  };
}
