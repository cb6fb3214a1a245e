/** The light build is the same class without what needs its larger parts; the package types only the whole one. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
