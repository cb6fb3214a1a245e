import { ContextConsumer } from '@lit/context';
import { html, LitElement } from 'lit';
import { afterEach, expect, test, vi } from 'vitest';
import { conversationContext, type Conversation } from '../../../src/elements/conversation.ts';
import { FakeAssistant } from '../../support/fake-assistant.ts';
import { unmountAll } from '../../support/tag.ts';

/** A page's own elements inside the tag learn the conversation, also when they ask before there is anything to hand down. */

class PagesOwn extends LitElement {
  readonly heard: (Conversation | null)[] = [];
  readonly consumer = new ContextConsumer(this, {
    context: conversationContext,
    subscribe: true,
    callback: (conversation) => this.heard.push(conversation),
  });

  protected override render() {
    return html`${this.consumer.value?.turn ?? 'nothing yet'}`;
  }
}
customElements.define('pages-own', PagesOwn);

afterEach(() => {
  unmountAll();
  document.body.replaceChildren();
});

test('who asks before a press is answered when the panel is there, and told of each change', async () => {
  const tag = document.createElement('viva-voce');
  const own = new PagesOwn();
  tag.append(own);
  document.body.append(tag);
  await tag.updateComplete;
  await own.updateComplete;
  expect(own.shadowRoot?.textContent).toBe('nothing yet');
  const assistant = new FakeAssistant();
  tag.assistant = assistant;
  await vi.waitFor(() => expect(own.consumer.value?.assistant).toBe(assistant), { timeout: 5000 });
  tag.turn = 'hold';
  await vi.waitFor(() => expect(own.shadowRoot?.textContent).toBe('hold'));
});

test('who has left meanwhile hears nothing', async () => {
  const tag = document.createElement('viva-voce');
  const own = new PagesOwn();
  tag.append(own);
  document.body.append(tag);
  await tag.updateComplete;
  own.remove();
  const assistant = new FakeAssistant();
  tag.assistant = assistant;
  const after = new PagesOwn();
  await vi.waitFor(() => expect(tag.shadowRoot?.querySelector('viva-panel')).not.toBeNull(), { timeout: 5000 });
  tag.append(after);
  await vi.waitFor(() => expect(after.consumer.value?.assistant).toBe(assistant));
  await own.updateComplete;
  expect(own.heard.filter((conversation) => conversation !== null)).toEqual([]);
});
