import { concat, NEVER, Observable, of, throwError, type Subscription } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, ask, type Reply } from '../../../src/session/bridge.ts';
import { AssistantError } from '../../../src/shared/errors.ts';

describe('the bridge', () => {
  let channel: MessageChannel;
  const open: Subscription[] = [];

  beforeEach(() => {
    channel = new MessageChannel();
    channel.port1.start();
    channel.port2.start();
  });
  afterEach(() => {
    for (const subscription of open.splice(0)) subscription.unsubscribe();
    channel.port1.close();
    channel.port2.close();
  });
  const serve = (resolve: (question: unknown) => Observable<Reply>): void => {
    open.push(answer(channel.port2, resolve).subscribe());
  };
  const collect = (question: unknown): { readonly seen: unknown[]; readonly asked: Subscription } => {
    const seen: unknown[] = [];
    const asked = ask(channel.port1, question).subscribe({
      next: (value) => seen.push(value),
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('done'),
    });
    open.push(asked);
    return { seen, asked };
  };

  it('brings every reply, then the end', async () => {
    serve((question) => of({ value: `${String(question)} 1` }, { value: `${String(question)} 2` }));
    const { seen } = collect('how many?');
    await vi.waitFor(() => {
      expect(seen).toEqual(['how many? 1', 'how many? 2', 'done']);
    });
  });

  it('brings a failure as the typed error it was', async () => {
    serve(() => throwError(() => new AssistantError('microphone-denied', 'no', { field: 'microphone' })));
    const { seen } = collect('microphone');
    await vi.waitFor(() => {
      expect(seen[0]).toBeInstanceOf(AssistantError);
    });
    expect(seen[0]).toMatchObject({ code: 'microphone-denied', field: 'microphone', retryable: false });
  });

  it('releases there what is not wanted here any more', async () => {
    let held = 0;
    serve(
      () =>
        new Observable((subscriber) => {
          held += 1;
          subscriber.next({ value: 'held' });
          return () => (held -= 1);
        }),
    );
    const { seen, asked } = collect('hold');
    await vi.waitFor(() => {
      expect(seen).toEqual(['held']);
    });
    asked.unsubscribe();
    await vi.waitFor(() => {
      expect(held).toBe(0);
    });
  });

  it('keeps questions apart, both ways over one channel', async () => {
    serve((question) => concat(of({ value: question }), NEVER));
    open.push(answer(channel.port1, (question) => of({ value: `page: ${String(question)}` })).subscribe());
    const one = collect('one');
    const two = collect('two');
    const back: unknown[] = [];
    open.push(ask(channel.port2, 'back').subscribe((value) => back.push(value)));
    await vi.waitFor(() => {
      expect([one.seen, two.seen, back]).toEqual([['one'], ['two'], ['page: back']]);
    });
  });

  it('transfers what is to be transferred', async () => {
    const sound = new ArrayBuffer(640);
    serve(() => of({ value: sound, transfer: [sound] }));
    const { seen } = collect('sound');
    await vi.waitFor(() => {
      expect((seen[0] as ArrayBuffer).byteLength).toBe(640);
    });
    expect(sound.byteLength).toBe(0);
  });
});
