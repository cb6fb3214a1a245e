import { connect } from 'videodb';

/**
 * The complete workflow of VideoDB's own guide (connect, record, play, export, index, search, compile) as its official Node SDK makes it,
 * against whatever server is given.
 */

export interface WorkflowOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** What is taken in. */
  readonly url: string;
  readonly mediaTypes?: ('audio' | 'video')[];
  /** Resolves when enough is recorded; answers the window to play, Unix seconds. */
  record(streamId: string): Promise<{ readonly start: number; readonly end: number }>;
  readonly query: string;
}

export interface WorkflowOutcome {
  readonly streamId: string;
  readonly statusAfterStop: unknown;
  /** Of the recorded window. */
  readonly clipUrl: string | null;
  readonly videoId: string;
  readonly videoUrl: string;
  readonly duration: number;
  /** What the last step says: the playlist of the hits, or that there were none. */
  readonly last: { readonly found: true; readonly compiledUrl: string } | { readonly found: false };
}

export async function runWorkflow({
  baseUrl,
  apiKey,
  url,
  mediaTypes,
  record,
  query,
}: WorkflowOptions): Promise<WorkflowOutcome> {
  const connection = connect({ apiKey, baseUrl });
  const collection = await connection.getCollection();
  const stream = await collection.connectRTStream(url, 'Weekly Standup', mediaTypes, undefined, true);
  await stream.start();
  const { start, end } = await record(stream.id);
  await stream.stop();
  const clipUrl = await stream.generateStream(start, end);
  const exported = await stream.export('Weekly Standup Recording');
  const video = await collection.getVideo(exported.videoId);
  await video.indexSpokenWords(undefined, undefined, true);
  const about = {
    streamId: stream.id,
    statusAfterStop: stream.status,
    clipUrl,
    videoId: video.id,
    videoUrl: video.streamUrl,
    duration: exported.duration ?? 0,
  };
  try {
    const results = await video.search(query);
    return { ...about, last: { found: true, compiledUrl: await results.compile() } };
  } catch (cause) {
    if (!saysNoResults(cause)) throw cause;
    return { ...about, last: { found: false } };
  }
}

/** Node's SDK hides the server's words two causes deep. */
function saysNoResults(cause: unknown): boolean {
  for (let inner: unknown = cause; typeof inner === 'object' && inner !== null;) {
    inner = 'cause' in inner ? inner.cause : undefined;
    if (typeof inner === 'string') return inner.includes('No results found');
  }
  return false;
}
