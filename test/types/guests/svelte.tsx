import type { SvelteHTMLElements } from 'svelte/elements';
import 'viva-voce/svelte';

/** What Svelte’s markup accepts; its compiler checks tags against this table. */

type Voce = SvelteHTMLElements['viva-voce'];

export const five: Voce = { class: 'mine', variant: 'inline', 'token-url': '/my/token', 'onviva-transcript': ({ text }) => text };
export const four: Voce = { tools: {}, 'on:viva-transcript': ({ text }) => text };
// @ts-expect-error a tool is an object
export const tool: Voce = { tools: { add: 'a function' } };
// @ts-expect-error an error has no text
export const text: Voce = { 'onviva-error': ({ text }) => text };
