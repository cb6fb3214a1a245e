import { firstText, list, object, requiredText, text } from './codec-fields.ts';
import { readLine, readScene, readWord } from './codec-told.ts';
import { readClip, readVideo } from './codec-videos.ts';
import type { Scene, TimedWord, TranscriptLine } from './codec-told.ts';
import type { Clip, VideoFacts } from './codec-videos.ts';
import type { LongCallOptions, Rest } from './rest.ts';
import type { CallOptions } from '../settled.ts';
import { SearchResult } from './search-result.ts';

/** A recorded video: searched, cut, described, downloaded. Times within it are ms from its beginning. */

export interface VideoSearchOptions extends CallOptions {
  readonly resultThreshold?: number | undefined;
  /** 0–1 */
  readonly scoreThreshold?: number | undefined;
  /** Words, or meaning (default). */
  readonly searchType?: 'semantic' | 'keyword' | undefined;
  readonly indexType?: 'spoken_word' | 'scene' | undefined;
}

export interface VideoTranscript {
  readonly text: string;
  readonly words: readonly TimedWord[];
}

export interface VideoScene extends Scene {
  readonly indexId: string;
  readonly kind: 'visual' | 'audio';
}

export class Video {
  readonly facts: VideoFacts;
  readonly #rest: Rest;

  constructor(rest: Rest, answer: unknown) {
    this.#rest = rest;
    this.facts = readVideo(answer);
  }

  get id(): string {
    return this.facts.id;
  }

  /** Makes what is said findable. `force`: hears it anew. */
  async indexSpokenWords(
    options: LongCallOptions & { readonly force?: boolean; readonly languageCode?: string } = {},
  ): Promise<void> {
    const { force = false, languageCode, ...rest } = options;
    const body = { index_type: 'spoken_word', language_code: languageCode, segmentation_type: 'sentence', force };
    await this.#rest.send('POST', this.#path('/index'), body, rest);
  }

  /** Rejects with `bad-option` and "No results found" when nothing is found. */
  async search(query: string, options: VideoSearchOptions = {}): Promise<SearchResult> {
    const { resultThreshold, scoreThreshold, searchType = 'semantic', indexType = 'spoken_word', signal } = options;
    const body = {
      search_type: searchType,
      index_type: indexType,
      query,
      score_threshold: scoreThreshold,
      result_threshold: resultThreshold,
    };
    return new SearchResult(this.#rest, await this.#rest.send('POST', this.#path('/search'), body, { signal }));
  }

  /** `timeline`: pieces in ms from the beginning, one after the other; absent = all of it. */
  async generateStream({
    timeline,
    signal,
  }: CallOptions & { readonly timeline?: readonly (readonly [startMs: number, endMs: number])[] } = {}): Promise<Clip> {
    const pieces = timeline?.map(([startMs, endMs]) => [startMs / 1000, endMs / 1000]);
    const body = { timeline: pieces, length: this.facts.lengthMs / 1000 };
    return readClip(await this.#rest.send('POST', this.#path('/stream'), body, { signal }));
  }

  async getTranscript(options: CallOptions = {}): Promise<VideoTranscript> {
    const answer = await this.#rest.get(this.#path('/transcription'), {}, options);
    return { text: text(answer['text']) ?? '', words: list(answer['word_timestamps']).map(readWord) };
  }

  /** What is said, by sentences; `language`: BCP 47 of a translation. Gateways of other makers tell one line of all. */
  async lines({ language, signal }: CallOptions & { readonly language?: string } = {}): Promise<readonly TranscriptLine[]> {
    const answer = await this.#rest.get(this.#path('/transcription'), { segmenter: 'sentence', language }, { signal });
    return list(answer['word_timestamps']).map((one) => ({ ...readLine(one), language: language ?? null }));
  }

  /** Everything that is known of its scenes, from the stream and from analyses. */
  async scenes(options: CallOptions = {}): Promise<readonly VideoScene[]> {
    const indexes = list((await this.#rest.get(this.#path('/index/scene'), {}, options))['scene_indexes']);
    const ids = indexes.flatMap((one) => firstText(object(one)['scene_index_id'], object(one)['id']) ?? []);
    const found: VideoScene[] = [];
    for (const indexId of ids) {
      const answer = await this.#rest.get(this.#path(`/index/scene/${encodeURIComponent(indexId)}`), {}, options);
      const kindOf = ({ metadata }: Scene): VideoScene['kind'] => (metadata['kind'] === 'audio' ? 'audio' : 'visual');
      const scenes = list(answer['scene_index_records']).map(readScene);
      found.push(...scenes.map((scene) => ({ ...scene, indexId, kind: kindOf(scene) })));
    }
    return found;
  }

  /** A copy with its captions burnt into the picture. */
  async addSubtitle(options: LongCallOptions = {}): Promise<Clip> {
    return readClip(
      await this.#rest.send('POST', this.#path('/workflow'), { type: 'add_subtitles', subtitle_style: {} }, options),
    );
  }

  /** Address of one MP4 file. */
  async download(options: CallOptions & { readonly name?: string } = {}): Promise<string> {
    const { streamUrl } = this.facts.streamUrl === null ? await this.generateStream(options) : this.facts;
    const answer = await this.#rest.send(
      'POST',
      '/download',
      { stream_link: streamUrl, name: options.name ?? this.facts.name },
      options,
    );
    return requiredText(answer['download_url'], 'download_url');
  }

  /** Scenes, objects, actions and a timeline as `prompt` asks; what no engine knows is named unknown. */
  async analyse(
    prompt: string,
    { tier, ...options }: LongCallOptions & { readonly tier?: 'mini' | 'basic' | 'pro' | 'ultra' } = {},
  ): Promise<{ readonly scenes: readonly Scene[]; readonly answer: Readonly<Record<string, unknown>> }> {
    const answer = await this.#rest.send('POST', this.#path('/analyse'), { prompt, model_name: tier }, options);
    return { scenes: list(answer['scenes']).map(readScene), answer: object(answer) };
  }

  #path(rest: string): string {
    return `/video/${encodeURIComponent(this.id)}${rest}`;
  }
}
