import { VivaCaptionRows } from './caption-rows.ts';

if (customElements.get('viva-caption-rows') === undefined) customElements.define('viva-caption-rows', VivaCaptionRows);

declare global {
  interface HTMLElementTagNameMap {
    'viva-caption-rows': VivaCaptionRows;
  }
}
