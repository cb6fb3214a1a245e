/** The written conversation's page: the same acts as the menu has, and what the visitor says of it, shown and sent nowhere. */

interface Bench extends HTMLElement {
  downloadTranscript(format: string): Promise<void>;
  forget(): Promise<void>;
}

const bench = document.querySelector<Bench>('#bench');
const heard = document.querySelector('#heard');

for (const button of document.querySelectorAll<HTMLElement>('[data-save]'))
  button.addEventListener('click', () => void bench?.downloadTranscript(button.dataset['save'] ?? 'txt'));
document.querySelector('[data-forget]')?.addEventListener('click', () => void bench?.forget());

for (const type of ['viva-consent', 'viva-feedback'] as const)
  bench?.addEventListener(type, (event) => {
    if (heard !== null) heard.textContent = JSON.stringify(event, ['type', 'granted', 'kind', 'value', 'text']);
  });
