import { NEVER, Observable, of, concat, throwError } from 'rxjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SpokenWarning } from '../../../src/elements/kiosk/spoken-warning.ts';
import type { KioskEdges } from '../../../src/elements/viva-voce/kiosk-edges.ts';
import type { Launcher } from '../../../src/elements/viva-voce/launcher.ts';
import { FakeAssistant } from '../../support/fake-assistant.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const warning = (secondsLeft: number) => ({ kind: 'warning', secondsLeft }) as const;
const present = { kind: 'present' } as const;

interface Voices {
  readonly say?: Observable<'begun'>;
  readonly echoCancellation?: boolean;
  readonly duplex?: string;
}

/** A kiosk's warning, with what was said how (`+` and `-`: the ear shuts and opens), and what its assistant was asked. */
function warned({ say = concat(of('begun' as const), NEVER), echoCancellation = true, duplex }: Voices = {}) {
  const told: string[] = [];
  const assistant = new FakeAssistant();
  assistant.show({ phase: 'listening', microphone: 'live' });
  const granted = { deviceId: '', label: '', rate: null, echoCancellation, noiseSuppression: null, autoGainControl: null };
  assistant.devices.next({ ...assistant.devices.value, granted });
  const voice = (name: string, sound$: Observable<'begun'>): Observable<never> =>
    new Observable((subscriber) => {
      told.push(name);
      const sounding = sound$.subscribe(subscriber as never);
      sounding.add(() => told.push(`${name} ends`));
      return sounding;
    });
  const edges = {
    say: (words: string, language: string) => voice(`own ${language} ${words}`, say),
    chime: () => voice('chime', of('begun' as const)),
  } as unknown as KioskEdges;
  const host = { assistant, words: {}, shownLanguage: 'en', duplex: duplex ?? null } as unknown as Launcher;
  const spoken = new SpokenWarning(host, edges, (on) => told.push(on ? 'deaf' : 'hears'));
  return { spoken, told, assistant };
}

const QUESTION = 'own en Are you still there? Say yes, or touch the screen, to go on.';

test('no voice of the browser: the conversation’s own asks, and the visitor is heard meanwhile', () => {
  const { spoken, told, assistant } = warned();
  spoken.follow(warning(20));
  spoken.follow(warning(19));
  expect(told).toEqual(['deaf', QUESTION]);
  expect(assistant.asked('mute')).toEqual([]);
  spoken.follow(present);
  expect(told).toEqual(['deaf', QUESTION, `${QUESTION} ends`, 'hears']);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(4);
});

test('a voice that fails is not asked again while the warning stands: two tones each time', () => {
  const { spoken, told } = warned({ say: throwError(() => new Error('no network')) });
  spoken.follow(warning(20));
  vi.advanceTimersByTime(1_000);
  spoken.follow(warning(10));
  vi.advanceTimersByTime(1_000);
  expect(told.filter((each) => !each.endsWith('ends') && each !== 'deaf' && each !== 'hears')).toEqual([
    QUESTION,
    'chime',
    'chime',
  ]);
  spoken.follow(present);
  spoken.follow(warning(20));
  expect(told.filter((each) => each === QUESTION)).toHaveLength(2);
});

test('a voice that does not begin in time is stopped, and the tones tell', () => {
  const { spoken, told } = warned({ say: NEVER });
  spoken.follow(warning(20));
  vi.advanceTimersByTime(3_999);
  expect(told).not.toContain('chime');
  vi.advanceTimersByTime(1);
  expect(told.indexOf(`${QUESTION} ends`)).toBeGreaterThan(0);
  expect(told).toContain('chime');
});

test.each([
  ['the browser leaves the echo in', { echoCancellation: false }],
  ['the room’s echo cannot be taken out', { duplex: 'half' }],
])('where %s, the microphone rests while the kiosk speaks', (_why, how) => {
  const { spoken, assistant } = warned(how);
  spoken.follow(warning(20));
  expect(assistant.asked('mute')).toEqual([['mute', true]]);
  spoken.follow(present);
  expect(assistant.asked('mute')).toEqual([
    ['mute', true],
    ['mute', false],
  ]);
});

test('a kiosk that twice took its own words for an answer shuts its ear, until somebody touches it', () => {
  const { spoken, assistant } = warned();
  for (let time = 0; time < 2; time++) {
    spoken.follow(warning(20));
    spoken.follow(present);
  }
  expect(assistant.asked('mute')).toEqual([]);
  spoken.follow(warning(20));
  expect(assistant.asked('mute')).toEqual([['mute', true]]);
  spoken.touched();
  spoken.follow(present);
  spoken.follow(warning(20));
  expect(assistant.asked('mute')).toHaveLength(2);
});
