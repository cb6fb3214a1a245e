import type { Assistant } from '../../session/assistant.ts';

/** An assistant that can be let go of for good. */
export interface OwnAssistant extends Assistant {
  dispose(): void;
}

export interface Gate {
  /** Decides whether a conversation may begin, and with which assistant; null = not now. */
  admit(this: void): Assistant | null;
  /** The conversation that was admitted is beginning. */
  begun(this: void, assistant: Assistant): void;
}

/**
 * A page's veto or a change of its attributes stands between any wish to begin and the assistant that does; all else is the assistant's
 * own. `start` resolves without a conversation when the page said no; `send` rejects with an `AbortError` then, so that nobody believes
 * the message was sent.
 */
export function hostedAssistant(inner: OwnAssistant, gate: Gate): OwnAssistant {
  const begin = (wish: (assistant: Assistant) => Promise<void>): Promise<void> | null => {
    const { phase } = inner.state.value;
    if (phase !== 'idle' && phase !== 'ended' && phase !== 'error') return wish(inner);
    const assistant = gate.admit();
    if (assistant === null) return null;
    const done = wish(assistant);
    gate.begun(assistant);
    return done;
  };
  const gated: Partial<OwnAssistant> = {
    start: async (options) => {
      await begin((assistant) => assistant.start(options));
    },
    send: async (text, options) => {
      const sent = begin((assistant) => assistant.send(text, options));
      if (sent === null) throw new DOMException('The page did not let the conversation begin', 'AbortError');
      await sent;
    },
  };
  return new Proxy(inner, {
    get: (target, name) => {
      if (Object.hasOwn(gated, name)) return gated[name as keyof OwnAssistant];
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}
