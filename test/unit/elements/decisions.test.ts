import { describe, expect, test } from 'vitest';
import { errorStrings } from '../../../src/elements/alert/error-strings.ts';
import { waysBeside, waysOn } from '../../../src/elements/alert/way-on.ts';
import { liveLines } from '../../../src/elements/captions/live-lines.ts';
import { controlSet } from '../../../src/elements/controls/control-set.ts';
import { deviceName, grantedLine } from '../../../src/elements/devices/granted.ts';
import { isDone, shownText } from '../../../src/elements/shown-text.ts';
import { statusWord } from '../../../src/elements/status/status-word.ts';
import { english } from '../../../src/elements/english.ts';
import { fill } from '../../../src/elements/strings.ts';
import { changedEntries, newlyCut } from '../../../src/elements/viva-voce/changed-entries.ts';
import { loudness, Ripple } from '../../../src/elements/visualizer/ripple.ts';
import { idle } from '../../../src/session/state.ts';
import { entry } from '../../support/fake-assistant.ts';

/** What elements decide, without an element. */

describe('controls', () => {
  const running = { ...idle, phase: 'listening', microphone: 'live' } as const;

  test('one button: start, end, again', () => {
    expect(controlSet(idle, 'vad', true).main).toBe('start');
    expect(controlSet({ ...idle, phase: 'connecting' }, 'vad', true).main).toBe('stop');
    expect(controlSet({ ...idle, phase: 'ended' }, 'vad', true).main).toBe('again');
    expect(controlSet({ ...idle, phase: 'error' }, 'vad', true).main).toBe('again');
  });

  test('the key to talk is there when turns are held or pressed', () => {
    expect(controlSet(running, 'vad', true).talk).toBe(false);
    expect(controlSet(running, 'hold', true).talk).toBe(true);
    expect(controlSet(running, 'toggle', true).talk).toBe(true);
    expect(controlSet({ ...running, microphone: 'off' }, 'hold', true).talk).toBe(false);
  });

  test('a written conversation can be joined by voice, a chat cannot', () => {
    const written = { ...running, microphone: 'off' } as const;
    expect(controlSet(written, 'vad', true).join).toBe(true);
    expect(controlSet(written, 'vad', false).join).toBe(false);
    expect(controlSet(running, 'vad', true).join).toBe(false);
  });

  test('there is something to interrupt while it thinks, speaks or still sounds', () => {
    expect(controlSet(running, 'vad', true).interruptible).toBe(false);
    expect(controlSet({ ...running, phase: 'thinking' }, 'vad', true).interruptible).toBe(true);
    expect(controlSet({ ...running, playing: true }, 'vad', true).interruptible).toBe(true);
  });
});

describe('failures', () => {
  test('each has its own sentence and at least one way on', () => {
    const sentences = Object.values(errorStrings);
    expect(new Set(sentences).size).toBe(sentences.length);
    for (const key of Object.keys(errorStrings)) {
      expect(waysOn(key.replace('error-', '') as Parameters<typeof waysOn>[0]).length).toBeGreaterThan(0);
    }
  });

  test('those of the microphone offer to write, and beside a conversation to try again', () => {
    expect(waysOn('microphone-denied')).toEqual(['retry', 'write']);
    expect(waysBeside('microphone-lost')).toContain('retry');
    expect(waysBeside('tool-failed')).toEqual([]);
    expect(waysBeside('audio-blocked')).toEqual(['sound', 'write']);
  });
});

describe('words', () => {
  test('of an answer only what was heard is shown', () => {
    expect(shownText(entry('assistant', 'Until six', { revealed: 5 }))).toBe('Until');
    expect(shownText(entry('assistant', 'Until six', { revealed: 7 }))).toBe('Until ');
    expect(shownText(entry('assistant', '営業時間は', { revealed: 2 }))).toBe('営業');
    expect(shownText(entry('assistant', 'Until six'))).toBe('Until six');
  });

  test('done is what no text and no sound will follow', () => {
    expect(isDone(entry('user', 'Yes'))).toBe(true);
    expect(isDone(entry('user', 'Yes', { status: 'interim' }))).toBe(false);
    expect(isDone(entry('assistant', 'Until six', { revealed: 3 }))).toBe(false);
    expect(isDone(entry('assistant', 'Until', { status: 'interrupted', revealed: 3 }))).toBe(true);
  });

  test('captions show the last question and what was answered since', () => {
    const [old, question, note, answer] = [
      entry('assistant', 'a'),
      entry('user', 'b'),
      entry('system', 'c'),
      entry('assistant', 'd'),
    ];
    expect(liveLines([old, question, note, answer])).toEqual({ user: question, assistant: answer });
    expect(liveLines([old, question])).toEqual({ user: question, assistant: null });
    expect(liveLines([old])).toEqual({ user: null, assistant: old });
    expect(liveLines([])).toEqual({ user: null, assistant: null });
  });

  test('the page is told of entries that changed and of answers that were cut, each once', () => {
    const [one, two] = [entry('user', 'a'), entry('assistant', 'b')];
    const cut = { ...two, status: 'interrupted' } as const;
    expect(changedEntries([{ ...one, revealed: 0 }, cut], [one, two])).toEqual([cut]);
    expect(changedEntries([one, two], [])).toEqual([one, two]);
    expect(newlyCut([one, cut], [one, two])).toEqual([cut]);
    expect(newlyCut([one, { ...cut, text: '' }], [one, cut])).toEqual([]);
  });

  test('places are filled, unknown ones stay', () => {
    expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}');
  });

  test('the status word', () => {
    const listening = { ...idle, phase: 'listening', microphone: 'live' } as const;
    expect(statusWord(listening)).toBe('phase-listening');
    expect(statusWord({ ...listening, userSpeaking: true })).toBe('hearing');
    expect(statusWord({ ...listening, muted: true })).toBe('statusMuted');
    expect(statusWord({ ...listening, microphone: 'off' })).toBe('statusWriting');
  });
});

test('what the browser granted, in words; what it does not tell is said', () => {
  const granted = {
    deviceId: 'a',
    label: 'Desk',
    rate: 44100,
    echoCancellation: true,
    noiseSuppression: false,
    autoGainControl: null,
  };
  expect(grantedLine(granted, english)).toBe(
    'Desk · 44.1 kHz · echo cancelling on · noise reduction off · level control not told',
  );
  expect(deviceName('', 'Microphone', 1)).toBe('Microphone 2');
});

describe('ripple', () => {
  test('runs outwards from the middle and thins out', () => {
    const ripple = new Ripple(4);
    ripple.push(0.2, 0);
    ripple.push(0, 0.3);
    expect(ripple.isOutput(0)).toBe(true);
    expect(ripple.isOutput(1)).toBe(false);
    expect(ripple.height(1)).toBeCloseTo(loudness(0.2) * (1 - 1 / 16));
  });

  test('is still once the last sound has run out', () => {
    const ripple = new Ripple(3);
    ripple.push(0.5, 0);
    expect(ripple.still).toBe(false);
    for (let index = 0; index < 3; index++) ripple.push(0, 0);
    expect(ripple.still).toBe(true);
  });

  test('loudness is heard, not measured: silence is nothing, a raised voice is full', () => {
    expect([loudness(0), loudness(0.003), loudness(0.3), loudness(1)].map((value) => Math.round(value * 100))).toEqual([
      0, 0, 100, 100,
    ]);
    expect(loudness(0.03)).toBeGreaterThan(0.4);
  });
});
