/** The files of node-media-server that are used here, as they are in 4.4.3 (it has no types, and no exports of these). */

declare module 'node-media-server/src/core/logger.js' {
  const logger: { level: string; log: (message: string, level?: string) => void };
  export default logger;
}

declare module 'node-media-server/src/protocol/flv.js' {
  export interface AVPacket {
    /** 8 sound, 9 picture, 18 description. */
    codec_type: number;
    /** ms */
    dts: number;
    pts: number;
    size: number;
    data: Buffer;
  }
  const Flv: {
    createHeader(hasAudio: boolean, hasVideo: boolean): Buffer;
    createMessage(packet: AVPacket): Buffer;
  };
  export default Flv;
}

declare module 'node-media-server/src/protocol/rtmp.js' {
  import type { AVPacket } from 'node-media-server/src/protocol/flv.js';

  export default class Rtmp {
    /** Messages under way; `capacity`: bytes set aside for one. */
    readonly inPackets: ReadonlyMap<number, { readonly capacity: number }>;
    onConnectCallback: (request: { readonly app: string; readonly name: string }) => void;
    onPlayCallback: () => void;
    onPushCallback: () => void;
    onPacketCallback: (packet: AVPacket) => void;
    onOutputCallback: (bytes: Buffer) => void;
    /** A packet as a publisher's server passes it on; copied. */
    static createMessage(packet: AVPacket): Buffer;
    /** What is wrong, or null. May throw too. */
    parserData(bytes: Buffer): string | null;
  }
}

declare module 'node-media-server/src/protocol/rtmp_client.js' {
  import type { Socket } from 'node:net';
  import type { AVPacket } from 'node-media-server/src/protocol/flv.js';

  /** Its `connect` is not used: it neither guards what it connects to nor speaks TLS. */
  export default class RtmpClient {
    readonly inPackets: ReadonlyMap<number, { readonly capacity: number }>;
    socket: Socket | null;
    connected: boolean;
    /** `tcUrl` */
    baseUri: string;
    urlInfo: { host: string; port: number; app: string; streamName: string; query: Record<string, string> } | null;
    onHandshakeCallback: () => void;
    onPacketCallback: (packet: AVPacket) => void;
    onErrorCallback: (error: Error) => void;
    onStatusCallback: (code: string) => void;
    resetProtocolState(): void;
    sendClientHandshake(): void;
    /** May throw. */
    handleData(bytes: Buffer): void;
    sendConnect(): Promise<unknown>;
    sendCreateStream(): Promise<number>;
    sendPlay(streamName: string): Promise<unknown>;
    rejectAllPending(error: Error): void;
  }
}
