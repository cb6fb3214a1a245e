import { defineStandIns } from './stand-in.ts';

/**
 * `migrate.js` beside the script of the tag, for pages that change nothing but one URL: it runs as a classic script and as a module, as
 * those of the other widgets do.
 */

const tag = 'viva-voce.js';
// A classic script of another origin may import by absolute URLs only; a module has no `currentScript`.
const { currentScript } = document;
const url: string = currentScript instanceof HTMLScriptElement ? new URL(tag, currentScript.src).href : `./${tag}`;
import(/* @vite-ignore */ url).then(defineStandIns, reportError);
