import type { Subscription } from 'rxjs';
import { AssistantError, type ErrorFacts } from '../../shared/errors.ts';
import type { StreamAlert, StreamFeed, StreamFeedEvent } from '../../shared/stream-feed.ts';
import { TOLD, type Playback } from './playback.ts';

/** Alerts that wait for the picture; so many at most, as many as are kept. */
const MOST_WAITING = 5_000;

/** A stream's feed put into what is played: captions, alerts, scenes, and how the stream is doing. */
export class StreamFollower {
  readonly #playback: Playback;
  readonly #failed: (error: ErrorFacts) => void;
  #subscription: Subscription | undefined;
  readonly #waiting: StreamAlert[] = [];

  constructor(playback: Playback, failed: (error: ErrorFacts) => void) {
    this.#playback = playback;
    this.#failed = failed;
  }

  get following(): boolean {
    return this.#subscription !== undefined;
  }

  follow(feed: StreamFeed): void {
    this.leave();
    this.#feed('connecting');
    this.#subscription = feed.subscribe({
      next: (event) => this.#told(event),
      error: (cause: unknown) => {
        this.#feed('none');
        this.#failed(AssistantError.from(cause).toFacts());
      },
      complete: () => this.#feed('none'),
    });
  }

  leave(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.#feed('none');
  }

  /** Captions of a recording are in its files as well, and those are complete: a sentence is shown once. */
  #told(event: StreamFeedEvent): void {
    if (event.type !== 'caption' && event.type !== 'caption-translation') this.take(event);
    else if (this.#playback.state.live || !this.#playback.hasFiles) this.take({ ...event, id: `${TOLD}${event.id}` });
  }

  /** From the feed, or from the page itself. */
  take(event: StreamFeedEvent): void {
    const playback = this.#playback;
    switch (event.type) {
      case 'caption': {
        const nowMs = Date.now();
        const first = playback.captions.get(event.id) === undefined;
        if (!playback.captions.add(event, nowMs)) return;
        if (first && playback.state.live) playback.delay.add(nowMs - event.startMs);
        playback.captionsChanged();
        return;
      }
      case 'caption-translation':
        if (playback.captions.translate(event, Date.now())) playback.captionsChanged();
        return;
      case 'alert':
        // Whether it pops up now depends on whether this is live.
        if (!playback.undecided) this.#alert(event);
        else if (this.#waiting.length < MOST_WAITING) this.#waiting.push(event);
        return;
      case 'scene':
        if (playback.scenes.add(event)) playback.captionsChanged();
        return;
      case 'status':
        playback.set({ ...playback.state, stream: { state: event.state, message: event.message } });
        return;
      case 'connected':
        this.#feed('connected');
        return;
      case 'reconnecting':
        this.#feed('reconnecting');
        return;
      case 'noted':
        return;
    }
  }

  /** The picture is known by now, or nothing will ever be. */
  settle(): void {
    if (this.#waiting.length === 0 || this.#playback.undecided) return;
    for (const event of this.#waiting.splice(0)) this.#alert(event);
  }

  #alert({ type: _type, ...alert }: StreamAlert): void {
    const playback = this.#playback;
    const { live, engine, fragments } = playback.state;
    const pictureMs = engine === 'idle' || !playback.clock.real ? null : playback.dateMs;
    const recorded = !live && fragments.length > 0;
    playback.desk.take(alert, { pictureMs, live: playback.atEdge, recorded });
    playback.captionsChanged();
  }

  #feed(feed: Playback['state']['feed']): void {
    if (this.#playback.state.feed !== feed) this.#playback.set({ ...this.#playback.state, feed });
  }
}
