import { html, LitElement, type PropertyDeclarations } from 'lit';
import { tokens } from '../tokens.styles.ts';
import { taskStrings, type TaskWords } from '../tasks/task-strings.ts';
import type { markdown } from '../markdown/blocks.ts';
import { imageAddress, linkAddress, type ImagePolicy } from '../markdown/link-policy.ts';
import { markdownStyles } from '../markdown/text.styles.ts';
import { taskReportStyles } from './task-report.styles.ts';

/** What reads Markdown is fetched with the first report, once for all of them. */
let reader: { readonly markdown: typeof markdown } | null = null;

/**
 * Markdown of somebody else, shown without harm: headings, lists, tables, code, links and pictures; HTML in it is text.
 *
 * @attr markdown - What is shown
 * @attr images - Which pictures are loaded: `own` (this origin and `data:`), `all` (any https) or `none`
 * @attr heading-level - What a heading of the first level is on this page, 1–6
 * @csspart report - The text
 */
export class VivaTaskReport extends LitElement {
  static override styles = [tokens, markdownStyles, taskReportStyles];
  static override properties: PropertyDeclarations = {
    markdown: {},
    images: {},
    headingLevel: { attribute: 'heading-level', type: Number },
    words: { attribute: false },
  };

  declare markdown: string;
  declare images: ImagePolicy;
  declare headingLevel: number;
  declare words: Partial<TaskWords>;

  constructor() {
    super();
    this.markdown = '';
    this.images = 'own';
    this.headingLevel = 2;
    this.words = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (reader === null) void this.#fetch();
  }

  protected override render() {
    const words = { ...taskStrings, ...this.words };
    if (reader === null) return html`<p role="status">${words.reportLoading}</p>`;
    const { images, headingLevel } = this;
    const base = document.baseURI;
    const policy = images === 'all' || images === 'none' ? images : 'own';
    const read = reader.markdown(this.markdown, {
      link: (href) => linkAddress(href, base),
      image: (src) => imageAddress(src, base, policy),
      linkKept: '',
      headingLevel: Math.min(6, Math.max(1, Math.round(headingLevel) || 1)),
      imageHidden: words.reportImageHidden,
    });
    return html`<div part="report" class="report">${read ?? html`<pre class="plain" dir="auto">${this.markdown}</pre>`}</div>`;
  }

  async #fetch(): Promise<void> {
    reader = await import('../markdown/blocks.ts');
    this.requestUpdate();
  }
}
