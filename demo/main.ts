import type { Tool } from '../src/session/options.ts';
import type { VivaVoce } from '../src/elements/viva-voce/viva-voce.ts';

/** The home page of the demo: what the assistant may do here, and questions that can be pressed. */

const basket = new Map<string, number>();

const productIds = (): readonly string[] =>
  Array.from(document.querySelectorAll<HTMLElement>('[data-product]'), (item) => item.dataset['product'] ?? '');

const tools: Readonly<Record<string, Tool>> = {
  add_to_basket: {
    description: 'Puts a product into the shopping basket',
    parameters: {
      type: 'object',
      properties: {
        product: { type: 'string', enum: productIds(), description: 'Which product' },
        quantity: { type: 'integer', minimum: 1, maximum: 20, description: 'How many, 1 unless said otherwise' },
      },
      required: ['product'],
    },
    run: ({ product, quantity }) => {
      const id = String(product);
      basket.set(id, (basket.get(id) ?? 0) + Number(quantity ?? 1));
      showBasket();
      document.querySelector(`[data-product="${CSS.escape(id)}"]`)?.scrollIntoView({ behavior: 'smooth', block: 'center' });
      return { basket: Object.fromEntries(basket) };
    },
  },
  set_colours: {
    description: 'Switches the page to dark or light colours',
    parameters: {
      type: 'object',
      properties: { scheme: { type: 'string', enum: ['dark', 'light'], description: 'Which colours' } },
      required: ['scheme'],
    },
    run: ({ scheme }) => {
      document.documentElement.dataset['scheme'] = String(scheme);
      assistant()?.setAttribute('color-scheme', String(scheme));
      return { scheme };
    },
  },
};

function showBasket(): void {
  const output = document.querySelector('[data-basket]');
  const count = [...basket.values()].reduce((sum, each) => sum + each, 0);
  if (output !== null) output.textContent = String(count);
}

const assistant = (): VivaVoce | null => document.querySelector('viva-voce');

const tag = assistant();
if (tag !== null) tag.tools = tools;

for (const button of document.querySelectorAll<HTMLElement>('[data-ask]')) {
  button.addEventListener('click', () => {
    const element = assistant();
    if (element === null) return;
    void element.expand().then(() => element.send(button.dataset['ask'] ?? ''));
  });
}
