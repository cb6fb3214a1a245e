import { html, LitElement } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { controlStyles } from '../../../src/elements/controls.styles.ts';
import { closeIcon } from '../../../src/elements/icons.ts';
import { silentIcon, speakIcon } from '../../../src/elements/live-captions/icons.ts';
import { mutedIcon, panelIcon, playIcon, quietIcon, soundIcon } from '../../../src/elements/player/icons.ts';

/** Signs with a direction follow that of the text; those without, and the arrow that means “play”, do not. */

class Signs extends LitElement {
  static override styles = controlStyles;
  protected override render() {
    return html`<p>${soundIcon}${quietIcon}${mutedIcon}${panelIcon}${speakIcon}${silentIcon}</p>
      <div>${playIcon}${closeIcon}</div>`;
  }
}
customElements.define('test-signs', Signs);

afterEach(() => {
  document.querySelector('test-signs')?.remove();
});

test.each(['ltr', 'rtl'])('%s', async (dir) => {
  const signs = document.body.appendChild(document.createElement('test-signs')) as Signs;
  signs.dir = dir;
  await signs.updateComplete;
  const turned = (selector: string) =>
    new Set(Array.from(signs.renderRoot.querySelectorAll(selector), (sign) => getComputedStyle(sign).scale));
  expect([...turned('p svg')]).toEqual([dir === 'rtl' ? '-1 1' : 'none']);
  expect([...turned('div svg')]).toEqual(['none']);
});
