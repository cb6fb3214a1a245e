import 'viva-voce/react';

/** The tags themselves, as React 19 takes them: attributes and properties by their names, events as `on` and their type. */

export const right = (
  <viva-voce class="mine" variant="inline" token-url="/my/token" tools={{}} onviva-transcript={({ text }) => text}>
    <viva-captions slot="empty" from="en" />
  </viva-voce>
);

// @ts-expect-error a tool is an object
export const tool = <viva-voce tools={{ add: 'a function' }} />;
// @ts-expect-error an error has no text
export const text = <viva-voce onviva-error={({ text }) => text} />;
