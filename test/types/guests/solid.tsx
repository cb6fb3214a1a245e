import 'viva-voce/solid';

/** The tags in Solid’s JSX: attributes by their names, properties with `prop:`, events with `on:`. */

export const right = () => (
  <viva-voce class="mine" barge-in="button" token-url="/my/token" prop:tools={{}} on:viva-transcript={({ text }) => text}>
    <viva-captions slot="empty" from="en" />
  </viva-voce>
);

// @ts-expect-error a tool is an object
export const tool = () => <viva-voce prop:tools={{ add: 'a function' }} />;
// @ts-expect-error an error has no text
export const text = () => <viva-voce on:viva-error={({ text }) => text} />;
