import type { PushedCaption, VivaCaptions } from '../../src/elements/captions/captions.ts';

/** The page of captions: follows the room that a shared link names, and has a few words of its own to add. */

const followed = new URLSearchParams(location.hash.slice(1));
const room = followed.get('room');
const place = document.querySelector('#following');
if (room !== null && place !== null) {
  const captions = document.createElement('viva-captions');
  captions.setAttribute('room', room);
  captions.setAttribute('rows', '3');
  const token = followed.get('token');
  if (token !== null) captions.setAttribute('room-token', token);
  place.append(captions);
  // Who was sent here came for these captions, and for nothing else on the page.
  for (const section of document.querySelectorAll('main > section')) section.toggleAttribute('hidden', section !== place);
  place.scrollIntoView();
}

/** What a guide says, and how it is said in Spanish. */
const tour: readonly (readonly [string, string])[] = [
  ['Welcome to the glasshouse.', 'Bienvenidos al invernadero.'],
  ['It was built in nineteen hundred and two.', 'Fue construido en mil novecientos dos.'],
  ['The oldest vine still bears fruit every autumn.', 'La vid más vieja todavía da fruto cada otoño.'],
];
const WORD_MS = 260;

const guide = document.querySelector<VivaCaptions>('#guide');
document.querySelector('#tour')?.addEventListener('click', (event) => {
  const button = event.currentTarget as HTMLButtonElement;
  button.disabled = true;
  const steps = tour.flatMap(([english, spanish], index) => [
    ...growing(String(index), 'original', 'en', english),
    ...growing(String(index), 'translation', 'es', spanish).slice(-2),
  ]);
  steps.forEach((step, index) => {
    setTimeout(() => {
      guide?.addCaption({ ...step, startMs: Number(step.id) * 4_000 });
      if (index === steps.length - 1) button.disabled = false;
    }, index * WORD_MS);
  });
});

/** A sentence word by word; the last state is final. */
function growing(id: string, side: 'original' | 'translation', language: string, text: string): readonly PushedCaption[] {
  const words = text.split(' ');
  return words.map((_, index) => {
    const final = index === words.length - 1;
    return { id, side, language, final, text: words.slice(0, index + 1).join(' ') };
  });
}
