import '../../src/elements/viva-voce/define.ts';
import { idle } from '../../src/session/state.ts';
import { ms } from '../../src/shared/time.ts';
import { entry, FakeAssistant } from './fake-assistant.ts';

/** A page with a kiosk whose visitors a script plays, one after the other, on whatever clock the page has. */

const VISITOR = 'visitor-4711-speaks';
const assistant = new FakeAssistant();
const kiosk = document.createElement('viva-voce');
for (const [name, value] of Object.entries({ variant: 'kiosk', presence: 'touch', pin: '246810', 'heartbeat-ms': '30000' }))
  kiosk.setAttribute(name, value);
kiosk.assistant = assistant;
document.body.append(kiosk);

let resets = 0;
let beats = 0;
kiosk.addEventListener('viva-reset', () => {
  resets += 1;
  assistant.state.next(idle);
  assistant.calls.splice(0);
});
kiosk.addEventListener('viva-health', () => (beats += 1));

/** Everything that can be read on the page, through every shadow root, and in its storage. */
function readable(root: Node): string {
  const own = root instanceof HTMLTextAreaElement || root instanceof HTMLInputElement ? root.value : '';
  const shadow = root instanceof Element && root.shadowRoot !== null ? readable(root.shadowRoot) : '';
  const text = root.nodeType === Node.TEXT_NODE ? (root.textContent ?? '') : '';
  return own + shadow + text + Array.from(root.childNodes, readable).join('');
}

/** As words from a wire are: a text that was put together is no string in a snapshot of the heap, but the pieces it was made of. */
const whole = (text: string): string => JSON.parse(JSON.stringify(text)) as string;

const attract = (): HTMLElement | null =>
  kiosk.shadowRoot?.querySelector('viva-kiosk-attract')?.shadowRoot?.querySelector('[part="attract-begin"]') ?? null;

const stage = {
  get ready(): boolean {
    return attract() !== null && kiosk.shadowRoot?.querySelector('viva-panel') !== null;
  },
  get resets(): number {
    return resets;
  },
  get beats(): number {
    return beats;
  },
  /** A visitor touches the screen, asks by voice, is answered, and writes something that is not sent. */
  visit(number: number): void {
    attract()?.click();
    const question = entry('user', whole(`${VISITOR} ${number}: where is gate four?`));
    assistant.show({ phase: 'listening', userSpeaking: true });
    assistant.show({
      phase: 'thinking',
      userSpeaking: false,
      transcript: [question],
      latency: { lastMs: ms(400), meanMs: ms(400), turns: 1 },
    });
    const words = 'Through the hall, then to the left.';
    const answer = entry('assistant', words, { status: 'interim', revealed: 8 });
    assistant.show({ phase: 'speaking', playing: true, transcript: [question, answer] });
    assistant.levels.next({ input: 0, output: 0.2 });
    assistant.show({ transcript: [question, { ...answer, revealed: words.length, status: 'final' }] });
    assistant.levels.next({ input: 0, output: 0 });
    assistant.show({ phase: 'listening', playing: false });
  },
  write(number: number): void {
    const panel = kiosk.shadowRoot?.querySelector('viva-panel');
    const composer = panel?.shadowRoot?.querySelector('viva-composer');
    const field = composer?.shadowRoot?.querySelector('textarea');
    if (field == null) return;
    field.value = whole(`${VISITOR} writes ${number};`);
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    sessionStorage.setItem('viva-visitor', VISITOR);
  },
  /** What of the last visitor can still be found. */
  get left(): boolean {
    const kept = [...Array(sessionStorage.length).keys()].map((index) => sessionStorage.getItem(sessionStorage.key(index) ?? ''));
    return (readable(document.body) + kept.join('')).includes(VISITOR);
  },
};

declare global {
  var kioskStage: typeof stage | undefined;
}
globalThis.kioskStage = stage;
