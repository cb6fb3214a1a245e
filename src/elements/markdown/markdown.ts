import { html, LitElement, nothing, type PropertyDeclarations } from 'lit';
import { changedWords } from '../changed-words.ts';
import { controlStyles } from '../controls.styles.ts';
import { Copying } from '../copying.ts';
import { tickIcon } from '../chat/icons.ts';
import type { KnownStrings } from '../conversation.ts';
import { copyIcon } from '../live-captions/icons.ts';
import { panelStrings } from '../strings.ts';
import { tokens } from '../tokens.styles.ts';
import { markdown } from './blocks.ts';
import { answerImage, answerLink } from './link-policy.ts';
import { markdownStrings } from './markdown-strings.ts';
import { answerStyles } from './markdown.styles.ts';
import { steady } from './steady.ts';
import { markdownStyles } from './text.styles.ts';

/** An answer stands under the title of the panel, which is a heading of the second level. */
const HEADING_LEVEL = 3;

/**
 * An answer’s Markdown, shown without harm and without a flicker while it comes in. HTML in it is text, links and pictures go by the page’s
 * policy, every block of code can be copied.
 *
 * @attr text - What is shown
 * @attr live - More of it is coming
 * @attr cut - It ends in the middle
 * @attr link-hosts - Hosts that links may lead to, with spaces; none given: any https
 * @attr image-hosts - Hosts that pictures may come from, with spaces; none by default
 * @csspart markdown - The text
 * @csspart copy-code - Copies the block of code it stands on
 */
export class VivaMarkdown extends LitElement {
  static override styles = [tokens, controlStyles, markdownStyles, answerStyles];
  static override properties: PropertyDeclarations = {
    text: {},
    live: { type: Boolean, reflect: true },
    cut: { type: Boolean },
    linkHosts: { attribute: 'link-hosts' },
    imageHosts: { attribute: 'image-hosts' },
    strings: { attribute: false, hasChanged: changedWords(markdownStrings) },
  };

  declare text: string;
  declare live: boolean;
  declare cut: boolean;
  declare linkHosts: string | null;
  declare imageHosts: string | null;
  declare strings: KnownStrings;

  readonly #copying = new Copying(this);

  constructor() {
    super();
    this.text = '';
    this.live = false;
    this.cut = false;
    this.linkHosts = null;
    this.imageHosts = null;
    this.strings = panelStrings;
  }

  protected override render() {
    const words = { ...markdownStrings, ...this.strings };
    const { linkHosts, imageHosts } = this;
    const base = document.baseURI;
    const read = markdown(this.live || this.cut ? steady(this.text) : this.text, {
      headingLevel: HEADING_LEVEL,
      link: (href) => answerLink(href, base, linkHosts),
      image: (src) => answerImage(src, base, imageHosts),
      imageHidden: words.imageHidden,
      linkKept: words.linkKept,
      drawn: true,
      besideCode: (code) => this.#button(code, words.copyCode),
    });
    return html`<div part="markdown" class="text">${read ?? html`<p class="plain" dir="auto">${this.text}</p>`}</div>
      ${this.#copying.told(words.copied, words.captionsNotCopied)}`;
  }

  protected override updated(): void {
    if (this.renderRoot.querySelector('viva-still') !== null) void import('../still/define.ts');
  }

  #button(code: string, label: string) {
    if (this.live) return nothing;
    const copy = (): void => this.#copying.copy(code);
    return html`<button part="copy-code" class="icon" aria-label=${label} title=${label} @click=${copy}>
      ${this.#copying.last === code ? tickIcon : copyIcon}
    </button>`;
  }
}
