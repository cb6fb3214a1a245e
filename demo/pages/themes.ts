import type { VivaVoce } from '../../src/elements/viva-voce/viva-voce.ts';

/** The page of looks: what is chosen goes onto the tag at once, and into the lines to copy. */

type Theme = Readonly<Record<string, string>>;

/** Whole sets of tokens; each pair of them is legible in both schemes. */
const themes: Readonly<Record<string, Theme>> = {
  ink: {
    '--viva-primary': 'light-dark(#1c1b22, #e9e7f2)',
    '--viva-on-primary': 'light-dark(#ffffff, #1c1b22)',
    '--viva-bg': 'light-dark(#ffffff, #131217)',
    '--viva-font-voice': 'ui-sans-serif, system-ui, sans-serif',
  },
  terracotta: {
    '--viva-primary': 'light-dark(#9a3b1f, #f3b394)',
    '--viva-on-primary': 'light-dark(#ffffff, #34130a)',
    '--viva-bg': 'light-dark(#fdf6f0, #1c1512)',
    '--viva-bg-raised': 'light-dark(#ffffff, #271d19)',
  },
  harbour: {
    '--viva-primary': 'light-dark(#0b4a8a, #9cc9f5)',
    '--viva-on-primary': 'light-dark(#ffffff, #06213d)',
    '--viva-bg': 'light-dark(#f5f8fb, #10161d)',
    '--viva-bg-raised': 'light-dark(#ffffff, #19222c)',
    '--viva-border': 'light-dark(#d5dee8, #2c3947)',
  },
  contrast: {
    '--viva-primary': 'light-dark(#000000, #ffff00)',
    '--viva-on-primary': 'light-dark(#ffffff, #000000)',
    '--viva-bg': 'light-dark(#ffffff, #000000)',
    '--viva-bg-raised': 'light-dark(#ffffff, #000000)',
    '--viva-text': 'light-dark(#000000, #ffffff)',
    '--viva-text-muted': 'light-dark(#000000, #ffffff)',
    '--viva-border': 'light-dark(#000000, #ffffff)',
  },
};

function must<E extends Element>(selector: string, kind: new () => E): E {
  const element = document.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`the page has no ${selector}`);
  return element;
}

const tag = must('viva-voce', HTMLElement) as VivaVoce;
const form = must('#looks', HTMLFormElement);
const code = must('#code', HTMLElement);

/** A wish that nobody touched is none: the widget's own value holds. */
const changed = (field: HTMLInputElement | HTMLSelectElement): boolean =>
  field instanceof HTMLInputElement
    ? field.type === 'checkbox'
      ? field.checked
      : field.value !== field.defaultValue
    : field.value !== '';

function follow(): void {
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('select, input')];
  const wished = fields.filter(changed);
  const tokens: Record<string, string> = {};
  const attributes: Record<string, string> = {};
  for (const field of wished) {
    if (field.name === 'theme') Object.assign(tokens, themes[field.value]);
    else if (!field.name.startsWith('--')) attributes[field.name] = field.type === 'checkbox' ? '' : field.value;
  }
  for (const field of wished)
    if (field.name.startsWith('--')) tokens[field.name] = field.type === 'range' ? `${field.value}px` : field.value;

  for (const { name } of fields) if (!name.startsWith('--') && name !== 'theme') set(name, attributes[name]);
  const all = new Set([...Object.values(themes).flatMap((theme) => Object.keys(theme)), ...fields.map(({ name }) => name)]);
  for (const name of [...all].filter((each) => each.startsWith('--'))) tag.style.setProperty(name, tokens[name] ?? '');
  code.textContent = lines(attributes, tokens);
}

function set(name: string, value: string | undefined): void {
  if (value === undefined) tag.removeAttribute(name);
  else tag.setAttribute(name, value);
}

function lines(attributes: Readonly<Record<string, string>>, tokens: Readonly<Record<string, string>>): string {
  const words = Object.entries(attributes).map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${value}"`));
  const rules = Object.entries(tokens).map(([name, value]) => `  ${name}: ${value};`);
  const html = `<viva-voce${words.join('')}></viva-voce>`;
  return rules.length === 0 ? html : `${html}\n\nviva-voce {\n${rules.join('\n')}\n}`;
}

form.addEventListener('input', follow);
// It is told of before it happens.
form.addEventListener('reset', () => setTimeout(follow));
must('#open', HTMLButtonElement).addEventListener('click', () => {
  tag.open = true;
});
follow();
