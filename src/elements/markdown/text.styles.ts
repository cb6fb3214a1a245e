import { css } from 'lit';

/** How Markdown looks, whoever wrote it. */
export const markdownStyles = css`
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    margin-block: 1.4em 0.5em;
    font-weight: 600;
    line-height: 1.3;
    text-wrap: balance;
    break-after: avoid;
  }

  :is(h1, h2, h3, h4, h5, h6) {
    font-size: 1em;
  }

  .level-1 {
    font-size: var(--_large);
  }

  .level-2 {
    font-size: var(--_large);
  }

  .level-3 {
    font-size: var(--_lead);
  }

  p,
  ul,
  ol,
  pre,
  blockquote,
  .table {
    margin-block: 0.7em;
  }

  ul,
  ol {
    padding-inline-start: 1.5em;
  }

  li {
    margin-block: 0.3em;
  }

  li > :is(p, ul, ol) {
    margin-block: 0.3em;
  }

  li.task {
    list-style: none;
  }

  ul:has(> li.task) {
    padding-inline-start: 0.2em;
  }

  blockquote {
    margin-inline: 0;
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--_control);
    color: var(--_text-muted);
  }

  code,
  pre {
    font-family: ui-monospace, 'Cascadia Mono', 'Liberation Mono', Menlo, monospace;
    font-size: var(--_note);
  }

  code {
    padding: 0.1em 0.3em;
    border-radius: 4px;
    background: var(--_bg-active);
  }

  pre {
    padding: var(--_s3);
    border-radius: 10px;
    background: var(--_bg-active);
    overflow-x: auto;
  }

  pre code {
    padding: 0;
    background: none;
  }

  a {
    color: var(--_primary);
    text-underline-offset: 3px;
  }

  img {
    max-inline-size: 100%;
    block-size: auto;
    border-radius: 8px;
  }

  hr {
    border: 0;
    border-block-start: 1px solid var(--_border);
    margin-block: 1.6em;
  }

  .table {
    overflow-x: auto;
    max-inline-size: 100%;
  }

  table {
    border-collapse: collapse;
    overflow-wrap: normal;
  }

  th,
  td {
    padding: var(--_s2) var(--_s3);
    border: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }

  th {
    background: var(--_bg-active);
    font-weight: 600;
  }

  .center {
    text-align: center;
  }

  .right {
    text-align: end;
  }

  .hidden-image {
    font-size: var(--_small);
    color: var(--_text-muted);
  }

  :is(.table, pre, a):focus-visible {
    outline: 2px solid var(--_primary);
    outline-offset: 2px;
  }
`;
