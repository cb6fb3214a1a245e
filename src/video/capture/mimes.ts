/** What a recorder is asked to write, best first: what the gateway stores as it is, then what it has to transcode. */

const WISHES: Readonly<Record<'audio' | 'video', readonly string[]>> = {
  audio: ['audio/webm;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4;codecs=mp4a.40.2', 'audio/mp4'],
  video: [
    'video/webm;codecs=h264',
    'video/x-matroska;codecs=avc1',
    'video/mp4;codecs=avc1.42E01F',
    'video/webm;codecs=vp9',
    'video/webm;codecs=vp8',
    'video/mp4',
  ],
};

/** Null = this browser records nothing of the kind that is understood here. */
export const mimeFor = (kind: 'audio' | 'video', supported: (mime: string) => boolean): string | null =>
  WISHES[kind].find(supported) ?? null;

/** What its bytes are. */
export const containerOf = (mime: string): 'webm' | 'mp4' => (/^\w+\/mp4/i.test(mime) ? 'mp4' : 'webm');
