import { useMemo, useRef, useState } from 'react';
import type { VivaVoce as Assistant } from 'viva-voce';
import { VivaVoce } from 'viva-voce/react';
import { gateway } from '../route.ts';

/** The view with the assistant: properties in, events out, methods by a ref. */

interface Line {
  readonly id: string;
  readonly text: string;
}

export function Ask() {
  const assistant = useRef<Assistant>(null);
  const [state, setState] = useState('idle');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const tools = useMemo(
    () => ({
      opening_hours: {
        description: 'The opening hours of today',
        parameters: { type: 'object', properties: {} },
        run: () => ({ from: '9:00', to: '18:00' }),
      },
    }),
    [],
  );
  return (
    <>
      <h1>Ask us</h1>
      <button onClick={() => void assistant.current?.send('When do you open?')}>When do you open?</button>
      <button onClick={() => void assistant.current?.start()}>Talk to us</button>
      <p role="status">{state}</p>
      <VivaVoce
        ref={assistant}
        endpoint={gateway}
        variant="inline"
        tools={tools}
        onVivaStateChange={(event) => {
          setState(event.state);
        }}
        onVivaTranscript={({ id, role, text, final }) => {
          if (role === 'assistant' && final) setLines((before) => [...before.filter((line) => line.id !== id), { id, text }]);
        }}
      />
      <ol aria-label="Answers">
        {lines.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ol>
    </>
  );
}
