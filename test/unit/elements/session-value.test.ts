import { BehaviorSubject } from 'rxjs';
import { expect, test } from 'vitest';
import type { ReactiveController } from 'lit';
import { AssistantValue, SessionValue, silence } from '../../../src/elements/session-value.ts';
import type { Assistant } from '../../../src/session/assistant.ts';
import { FakeAssistant } from '../../support/fake-assistant.ts';

/** A host as Lit drives it: connect, update, disconnect. */
class Host {
  assistant: Assistant | null = null;
  updates = 0;
  readonly updateComplete = Promise.resolve(true);
  readonly #controllers: ReactiveController[] = [];
  addController = (controller: ReactiveController): void => {
    this.#controllers.push(controller);
  };
  removeController = () => undefined;
  requestUpdate = (): void => {
    this.updates += 1;
  };
  connect = () => this.#controllers.forEach((controller) => controller.hostConnected?.());
  update = () => this.#controllers.forEach((controller) => controller.hostUpdate?.());
  disconnect = () => this.#controllers.forEach((controller) => controller.hostDisconnected?.());
}

test('shows the slice of an idle session while there is no assistant', () => {
  expect(new SessionValue(new Host(), (state) => state.phase).value).toBe('idle');
});

test('updates the host when the slice changes, and only then', () => {
  const host = new Host();
  const assistant = (host.assistant = new FakeAssistant());
  const phase = new SessionValue(host, (state) => state.phase);
  host.connect();
  assistant.show({ muted: true });
  expect(host.updates).toBe(0);
  assistant.show({ phase: 'listening' });
  expect([phase.value, host.updates]).toEqual(['listening', 1]);
});

test('tells every change, also those that one update swallows', () => {
  const host = new Host();
  const assistant = (host.assistant = new FakeAssistant());
  const told: string[] = [];
  new SessionValue(
    host,
    (state) => state.phase,
    (now, before) => told.push(`${before}>${now}`),
  );
  host.connect();
  assistant.show({ phase: 'connecting' });
  assistant.show({ phase: 'listening' });
  expect(told).toEqual(['idle>connecting', 'connecting>listening']);
});

test('is released on disconnect and takes hold again on reconnect', () => {
  const host = new Host();
  const assistant = (host.assistant = new FakeAssistant());
  const phase = new SessionValue(host, (state) => state.phase);
  host.connect();
  expect(assistant.state.observed).toBe(true);
  host.disconnect();
  expect(assistant.state.observed).toBe(false);
  assistant.show({ phase: 'thinking' });
  expect(phase.value).toBe('idle');
  host.connect();
  expect(phase.value).toBe('thinking');
});

test('follows another assistant once the host has one, and lets go of the first', () => {
  const host = new Host();
  const first = (host.assistant = new FakeAssistant());
  const phase = new SessionValue(host, (state) => state.phase);
  host.connect();
  first.show({ phase: 'speaking' });
  const second = (host.assistant = new FakeAssistant());
  host.update();
  expect(first.state.observed).toBe(false);
  expect(phase.value).toBe('idle');
  second.show({ phase: 'ended' });
  expect(phase.value).toBe('ended');
});

test('follows any Behavior of the assistant', () => {
  const host = new Host();
  const assistant = (host.assistant = new FakeAssistant());
  const loud = new AssistantValue(
    host,
    (known) => known.levels,
    ({ input }) => input > 0.1,
    silence,
  );
  host.connect();
  assistant.levels.next({ input: 0.3, output: 0 });
  expect(loud.value).toBe(true);
  expect(assistant.levels).toBeInstanceOf(BehaviorSubject);
});

test('an update that comes after the disconnect takes hold of nothing', () => {
  const host = new Host();
  const assistant = (host.assistant = new FakeAssistant());
  new SessionValue(host, (state) => state.phase);
  host.connect();
  host.disconnect();
  host.update();
  expect(assistant.state.observed).toBe(false);
});
