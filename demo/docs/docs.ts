import { around, sectionIndex, type FoundSection, type SectionIndex } from './site/search.ts';

/** The documentation's own script: the search, and buttons that copy an example. Everything else works without it. */

function must(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no #${id}`);
  return element;
}

const field = must('find') as HTMLInputElement;
const found = must('found');
const count = must('found-count');
let sections: Promise<SectionIndex> | null = null;

async function fetched(): Promise<SectionIndex> {
  const answer = await fetch('./search.json');
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`);
  return sectionIndex((await answer.json()) as readonly FoundSection[]);
}

/** Read when the search is first wanted; a failure is tried again by the next letter. */
function index(): Promise<SectionIndex> {
  sections ??= fetched().catch((cause: unknown) => {
    sections = null;
    throw cause;
  });
  return sections;
}

function row({ href, page, heading, text }: FoundSection, query: string): HTMLElement {
  const link = document.createElement('a');
  const title = document.createElement('strong');
  title.textContent = page === heading ? heading : `${page}: ${heading}`;
  const words = document.createElement('span');
  words.textContent = around(text, query);
  link.href = href;
  link.append(title, words);
  return link;
}

async function search(): Promise<void> {
  const query = field.value.trim();
  if (query === '') {
    close();
    return;
  }
  try {
    const hits = (await index()).find(query);
    if (field.value.trim() !== query) return;
    found.replaceChildren(...hits.map((hit) => row(hit, query)));
    found.hidden = hits.length === 0;
    count.textContent = hits.length === 0 ? 'Nothing found' : `${hits.length} found`;
  } catch (cause) {
    count.textContent = 'The search cannot be read right now';
    reportError(cause);
  }
}

function close(): void {
  found.hidden = true;
  found.replaceChildren();
  count.textContent = '';
}

/** Arrows go through what was found, Escape back to the field and then out of it. */
function keys(event: KeyboardEvent): void {
  const links = [...found.querySelectorAll('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (event.key === 'ArrowDown' && links.length > 0) links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === 'ArrowUp' && at >= 0) (at === 0 ? field : links[at - 1])?.focus();
  else if (event.key === 'Escape' && !found.hidden) {
    field.focus();
    close();
  } else return;
  event.preventDefault();
}

field.addEventListener('input', () => void search());
field.addEventListener('focus', () => void index().catch(reportError));
field.closest('search')?.addEventListener('keydown', keys);
document.addEventListener('click', ({ target }) => {
  if (target instanceof Node && field.closest('search')?.contains(target) !== true) close();
});

function copyButton(block: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(block.textContent).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'Not allowed'),
    );
  });
  return button;
}

for (const block of document.querySelectorAll<HTMLElement>('pre')) {
  const box = document.createElement('div');
  box.className = 'block';
  block.replaceWith(box);
  box.append(block, copyButton(block));
}

document.querySelector('.contents [aria-current]')?.scrollIntoView({ block: 'nearest' });
