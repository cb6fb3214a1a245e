import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InterruptCause } from '../../../../src/shared/wire.ts';
import { modelServer } from './model-server.ts';
import { heard, ready, VAD } from './talk.ts';

/** Any moment to cut in, any delay on the wire: the server never gets an order that it cannot obey. */

/** `server` only ever follows the server's own word. */
const CAUSES: readonly InterruptCause[] = ['voice', 'button', 'escape', 'text', 'hold'];

/** What may happen next; numbers say how much of it. */
const some = (what: string, weight: number, max: number): fc.WeightedArbitrary<{ do: string; n: number }> => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(what), n: fc.integer({ min: 1, max }) }),
});
const action = fc.oneof(
  some('generate', 6, 300),
  some('arrive', 6, 4),
  some('reach', 6, 4),
  some('render', 4, 400),
  some('interrupt', 3, 5),
  some('type', 3, 1),
  some('speak', 2, 1),
  some('hush', 3, 1),
  some('finish', 1, 1),
);

describe('cutting in at any point', () => {
  it.each([
    ['a server that interrupts and answers by itself', VAD],
    ['a server that only hears', { ...VAD, interrupt_response: false, create_response: false }],
    ['a server that answers, but is not to be interrupted by noise', { ...VAD, interrupt_response: false }],
    ['manual turns', null],
  ])(
    '%s: no invalid truncate, no lost answer, nothing after the cut',
    (_, turnDetection) => {
      fc.assert(
        fc.property(fc.array(action, { minLength: 20, maxLength: 150, size: 'max' }), (actions) => {
          const client = ready({}, turnDetection);
          const server = modelServer(client, turnDetection);
          const player = { rendered: new Map<string, number>(), queue: [] as string[] };
          const cut = new Set<string>();
          /** What the listener heard of the items that were interrupted. */
          const heardMs = new Map<string, number>();
          let texts = 0;
          let told = 0;

          /** What the session does with what it is told: play in order, say when an item is over, flush when speech begins. */
          const listen = (): void => {
            for (; told < client.told.length; told += 1) {
              const downlink = client.told[told];
              if (downlink?.type === 'audio') {
                expect(cut.has(downlink.responseId), 'sound of a cut answer').toBe(false);
                if (!player.queue.includes(downlink.itemId)) player.queue.push(downlink.itemId);
              } else if (downlink?.type === 'speech-started' && server.interrupts) interrupt('server');
            }
          };
          const receivedOf = (id: string): number =>
            client.tells('audio').reduce((sum, { itemId, pcm }) => sum + (itemId === id ? pcm.length / 24 : 0), 0);
          const endedOf = (id: string): boolean => client.tells('audio-ended').some(({ itemId }) => itemId === id);
          const interrupt = (cause: InterruptCause): void => {
            const [playing] = player.queue;
            const received = playing === undefined ? 0 : receivedOf(playing);
            const rendered = playing === undefined ? 0 : (player.rendered.get(playing) ?? 0);
            for (const id of player.queue) heardMs.set(id, id === playing ? Math.floor(rendered) : 0);
            player.queue.length = 0;
            if (cause !== 'server') {
              const active = client.tells('response-started').at(-1)?.responseId;
              if (active !== undefined && !client.tells('response-ended').some(({ responseId }) => responseId === active))
                cut.add(active);
              server.forbid(cut);
            }
            client.up({ type: 'interrupt', cause, heard: playing === undefined ? null : heard(rendered, received, playing) });
          };

          for (const { do: what, n } of actions) {
            if (what === 'generate') server.generate(n);
            else if (what === 'finish') server.finish();
            else if (what === 'arrive') server.arrive(n);
            else if (what === 'reach') server.reach(n);
            else if (what === 'speak') server.speak();
            else if (what === 'hush') server.hush();
            else if (what === 'interrupt') interrupt(CAUSES[n - 1] ?? 'button');
            else if (what === 'type') {
              texts += 1;
              client.up({ type: 'text', id: `t${texts}`, text: 'hi', respond: true });
            } else {
              const [playing] = player.queue;
              if (playing !== undefined) {
                const received = receivedOf(playing);
                const rendered = Math.min(received, (player.rendered.get(playing) ?? 0) + n);
                player.rendered.set(playing, rendered);
                if (rendered === received && endedOf(playing)) {
                  player.queue.shift();
                  client.up({ type: 'played', itemId: playing });
                }
              }
            }
            listen();
          }
          server.hush();
          for (let round = 0; round < 50; round += 1) {
            server.reach(100);
            server.finish();
            server.arrive(100);
            listen();
          }
          expect(server.faults).toEqual([]);
          for (const [id, length] of heardMs)
            expect(server.lengthOf(id), `what the server takes for heard of ${id}`).toBe(length);
          // Two answers that the server gave by itself came between: told, since the one retry is spent.
          const crowded = ({ error }: { error: Error }): boolean =>
            server.answersItself && error.message.includes('already_has_active');
          expect(client.tells('complaint').filter((complaint) => !crowded(complaint))).toEqual([]);
          if (!server.answersItself) expect(client.tells('noted').map(({ what }) => what)).not.toContain('create-refused');
          expect(client.error).toBeNull();
          // Every answer that was asked for came to an end, and the way is free for the next one.
          client.up({ type: 'text', id: 'last', text: 'still there?', respond: true });
          server.reach(100);
          expect(server.active).not.toBeNull();
        }),
        { numRuns: 150 },
      );
    },
    30_000,
  );
});
