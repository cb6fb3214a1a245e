import { interval, Observable } from 'rxjs';
import { AssistantError } from '../../shared/errors.ts';
import type { InterpreterUplink } from '../../shared/interpretation.ts';
import { address } from './address.ts';
import { GateStream, type GateSurroundings } from './gate-stream.ts';
import { clock, type InterpreterProtocol, type RtvtOptions } from './options.ts';
import { SpeechStream } from './speech-stream.ts';
import { Tally } from './tally.ts';

/** Protocol B, the "gate": one connection for each stream, opened by a signed address. It tells no languages and acknowledges nothing. */

const TICK_MS = 100;

export function gate(options: RtvtOptions): InterpreterProtocol {
  const now = options.now ?? clock;
  const base = address(options.url, '/gate/websocket');

  return (uplink$) =>
    new Observable((subscriber) => {
      const streams = new Map<string, GateStream>();
      const tally = new Tally((told) => subscriber.next(told));
      let generation = 0;
      let completing = false;
      const around: GateSurroundings = {
        now,
        emit: (told) => {
          subscriber.next(told);
        },
        dropped: (frames) => {
          tally.drop(frames);
        },
        note: (what) => {
          tally.note(what);
        },
        generation: () => (generation += 1),
      };
      const complain = (error: AssistantError): void => subscriber.next({ type: 'complaint', error });
      const ended = (): void => {
        if (completing && streams.size === 0) subscriber.complete();
      };

      const open = ({ stream: name, settings }: Extract<InterpreterUplink, { readonly type: 'open' }>): void => {
        let speech: SpeechStream;
        try {
          speech = new SpeechStream(name, settings, now, true);
        } catch (cause) {
          subscriber.next({ type: 'refused', stream: name, error: AssistantError.from(cause) });
          return;
        }
        if (settings.alternatives?.length) tally.note('alternatives are not known to this protocol');
        const stream = new GateStream(speech, around, options, base);
        streams.set(name, stream);
        const over = (): void => {
          streams.delete(name);
          ended();
        };
        subscriber.add(stream.run().subscribe({ error: (cause: unknown) => subscriber.error(cause), complete: over }));
      };

      const up = (uplink: InterpreterUplink): void => {
        const stream = streams.get(uplink.stream);
        if (uplink.type === 'open') {
          if (stream) complain(new AssistantError('bad-option', `stream ${uplink.stream} is open`, { field: 'stream' }));
          else open(uplink);
        } else if (!stream) tally.note(`${uplink.type} without a stream`);
        else if (uplink.type === 'close') stream.close();
        else {
          try {
            stream.audio(uplink.pcm, uplink.at);
          } catch (cause) {
            complain(AssistantError.from(cause));
          }
        }
      };

      subscriber.next({ type: 'ready', languages: null });
      subscriber.add(
        uplink$.subscribe({
          next: up,
          error: (cause: unknown) => subscriber.error(cause),
          complete: () => {
            completing = true;
            for (const stream of [...streams.values()]) stream.close();
            ended();
          },
        }),
      );
      subscriber.add(
        interval(TICK_MS).subscribe(() => {
          for (const stream of [...streams.values()]) stream.tick();
          tally.tell(now());
        }),
      );
    });
}
