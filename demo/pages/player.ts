import type { VivaPlayer } from '../../src/elements/player/player.ts';

/** The page of the player: a short recording with captions in two languages, chapters and pictures, and alerts that the page adds. */

const player = document.querySelector<VivaPlayer>('#film');

/** What a watchman would have noted; seconds from the beginning of each take, ten seconds lie between the two. */
const notes = [
  { at: 2.4, label: 'Van at the gate', text: 'A white van drives in.', severity: 'info', confidence: 0.93 },
  { at: 4.6, label: 'Dock occupied', text: 'It stops at the dock.', severity: 'warning', confidence: 0.81 },
  { at: 18.2, label: 'Van left alone', text: 'Nobody is in it.', severity: 'critical', confidence: 0.67 },
] as const;
const BEGAN = Date.parse('2026-03-01T09:00:00Z');

// The tag is there before its script is: what is asked of it waits for that.
void customElements.whenDefined('viva-player').then(() => {
  for (const [index, { at, ...note }] of notes.entries()) {
    const startMs = BEGAN + at * 1000;
    player?.addAlert({ id: `note-${index}`, startMs, endMs: startMs + 900, arrivedMs: startMs + 2_300, ...note });
  }
  for (const [index, [from, to, text]] of (
    [
      [0, 2, 'A closed gate, morning light.'],
      [2, 6, 'A white van at the dock; one person beside it.'],
      [16, 22, 'The van with its doors open; nobody in the yard.'],
    ] as const
  ).entries())
    player?.addScene({
      id: `scene-${index}`,
      kind: 'visual',
      index: 'yard',
      text,
      startMs: BEGAN + from * 1000,
      endMs: BEGAN + to * 1000,
    });
});
