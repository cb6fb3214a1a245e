import { defineStandIns } from './stand-in.ts';

/**
 * `migrate.js` beside the script of the tag, for pages that change nothing but one URL: it runs as a classic script and as a module, as
 * those of the other widgets do.
 */

const tag = 'viva-voce.js';
// A classic script of another origin may import by absolute URLs only; a module has no `currentScript`.
const { src } = (document.currentScript as HTMLScriptElement | null) ?? {};
const url: string = src ? new URL(tag, src).href : `./${tag}`;
void import(/* @vite-ignore */ url).then(defineStandIns);
