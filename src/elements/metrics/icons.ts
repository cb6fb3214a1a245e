import { html } from 'lit';
import type { Quality } from '../../pipelines/usage-quality.ts';

/** How good a connection is, as bars that are told apart without colour. */

const bars = (paths: string, more: unknown = '') =>
  html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d=${paths} />
    ${more}
  </svg>`;

export const qualityIcons: Readonly<Record<Quality, unknown>> = {
  good: bars('M5 19v-4M10 19v-7M15 19V9M20 19V5'),
  fair: bars('M5 19v-4M10 19v-7M15 19v-1M20 19v-1'),
  poor: bars('M5 19v-4M10 19v-1M15 5v6M15 15v.2'),
};

export const chartIcon = bars('M4 19h16M6 15l4-5 3.5 3L19 6');
