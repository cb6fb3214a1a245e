export {};

/** Loads the tag from the gateway that `?gateway=` names, so that this page can stand on another origin. */

const gateway = new URLSearchParams(location.search).get('gateway') ?? location.origin;
await import(/* @vite-ignore */ new URL('/embed/viva-voce.js', gateway).href);
