import type { CaptureSession } from './protocols/rtstream/capture-session.ts';
import type { RTStream } from './protocols/rtstream/stream.ts';
import type { SceneIndex } from './protocols/rtstream/scene-index.ts';
import type { Shot } from './protocols/rtstream/search-result.ts';
import type { Video } from './protocols/rtstream/video.ts';
import type { DeskCapture, DeskHit, DeskIndex, DeskState, DeskStream, DeskVideo } from './session/streams.ts';

/** What the client's objects say, as the desk shows it. Pure. */

export const deskIndex = ({ facts }: SceneIndex): DeskIndex => ({
  id: facts.id,
  name: facts.name,
  kind: facts.kind,
  prompt: facts.prompt,
  running: facts.status !== 'stopped',
  windows: facts.extractionConfig,
  tier: facts.modelName,
});

const TIERS = ['mini', 'basic', 'pro', 'ultra'] as const;
export const tierOf = (name: string): (typeof TIERS)[number] | undefined => TIERS.find((tier) => tier === name);

export function deskStream({ facts }: RTStream): DeskStream {
  const { id, name, source, ingestMode, mediaTypes, status, state, message, pushUrl, liveUrl, createdMs } = facts;
  return {
    ...{ id, name, state, message, pushUrl, liveUrl, createdMs, sampleRate: facts.sampleRate },
    url: source,
    mode: ingestMode === 'push' || ingestMode === 'capture' ? ingestMode : 'pull',
    tracks: mediaTypes.filter((track): track is 'audio' | 'video' => track === 'audio' || track === 'video'),
    status: status === 'connected' ? 'connected' : 'stopped',
  };
}

export const deskVideo = ({ facts }: Video): DeskVideo => ({
  id: facts.id,
  name: facts.name,
  lengthS: facts.lengthMs / 1000,
  streamUrl: facts.streamUrl ?? '',
  playerUrl: facts.playerUrl,
});

export const deskCapture = ({ facts }: CaptureSession): DeskCapture => ({
  id: facts.id,
  status: facts.status,
  of: facts.endUserId,
  channels: facts.streams.flatMap(({ channelId }) => channelId ?? []),
  createdMs: facts.createdMs,
  videoId: facts.exportedVideoId,
});

export function deskHit({ facts }: Shot, { streams, videos }: DeskState): DeskHit {
  const { text, score, startMs, endMs, streamId, videoId, streamName, title } = facts;
  const id = videoId ?? streamId ?? '';
  const named = videoId === null ? streams.find((stream) => stream.id === id) : videos.find((video) => video.id === id);
  const name = (videoId === null ? streamName : title) ?? named?.name ?? id;
  return { text, score: score ?? 0, of: { kind: videoId === null ? 'stream' : 'video', id, name }, startMs, endMs };
}
