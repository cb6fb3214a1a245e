import { createRef } from 'react';
import type { VivaVoce as Assistant, VivaTranscriptEvent } from 'viva-voce';
import { VivaCaptions, VivaPlayer, VivaVoce } from 'viva-voce/react';

/** What TypeScript tells users of React, 18 and 19: compiled, never run. */

const ref = createRef<Assistant>();
const transcript = (event: VivaTranscriptEvent): string => event.text;

export const right = [
  <VivaVoce
    ref={ref}
    className="mine"
    variant="inline"
    placement="bottom-start"
    vadSilenceMs={400}
    tools={{}}
    tokenProvider={null}
    onVivaTranscript={transcript}
    onVivaError={({ code, recoverable }) => `${code} ${recoverable}`}
    onClick={({ clientX }) => clientX}
  >
    <span slot="empty">Ask</span>
  </VivaVoce>,
  <VivaCaptions from="en" to="es" />,
  <VivaPlayer streamId="rts-1" />,
];

// @ts-expect-error a number of ms is no text
export const text = <VivaVoce vadSilenceMs="soon" />;
// @ts-expect-error there is no such property
export const unknown = <VivaVoce volume={11} />;
// @ts-expect-error a transcript has no phase
export const phase = <VivaVoce onVivaTranscript={(event) => event.state} />;
// @ts-expect-error a player is no assistant
export const other = <VivaPlayer ref={ref} />;
