import { describe, expect, test } from 'vitest';
import {
  alertWish,
  changeWish,
  connectWish,
  eventWish,
  indexWish,
  localMoment,
  momentOf,
  transcriptWish,
} from '../../../src/elements/streams/form-wishes.ts';
import { span } from '../../../src/elements/streams/moments.ts';
import { streamStrings } from '../../../src/elements/streams/stream-strings.ts';
import { windowsText } from '../../../src/elements/streams/windows-text.ts';

const form = (fields: Readonly<Record<string, string>>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
};

describe('what the windows of an index are', () => {
  test('in words, from the words of the wire', () => {
    expect(windowsText(streamStrings, { time: 10, frame_count: '5' })).toEqual(['every 10 s', '5 pictures']);
    expect(windowsText(streamStrings, { segmenter: 'word', segmentation_value: 50 })).toEqual(['every 50 words']);
    expect(windowsText(streamStrings, { segmenter: 'other', segmentation_value: 1 })).toEqual([]);
  });
});

describe('what the forms of the desk say', () => {
  test('an address that is fetched, or an encoder that sends', () => {
    const pulled = connectWish(form({ name: ' Door ', from: 'pull', url: ' rtsp://host/door ', video: 'on', store: 'on' }));
    expect(pulled).toEqual({
      name: 'Door',
      url: 'rtsp://host/door',
      tracks: ['video'],
      store: true,
      transcript: false,
      sampleRate: null,
    });
    expect(connectWish(form({ name: 'Studio', from: 'push', url: 'rtsp://left-over', audio: 'on', transcript: 'on' }))).toEqual({
      name: 'Studio',
      url: null,
      tracks: ['audio'],
      store: false,
      transcript: true,
      sampleRate: null,
    });
    expect(connectWish(form({ name: 'x', url: 'u', rate: '60' })).sampleRate).toBe(60);
    expect(changeWish(form({ title: ' Back ', rate: '' }))).toEqual({ name: 'Back', sampleRate: null });
  });

  test('no track chosen means both: a stream of nothing is none', () => {
    expect(connectWish(form({ name: 'x', from: 'pull', url: 'u' })).tracks).toEqual(['video', 'audio']);
  });

  test('windows of what is seen and of what is said', () => {
    expect(
      indexWish(form({ kind: 'visual', name: 'a', prompt: 'Describe', seconds: '2', frames: '5', tier: 'pro', count: '9' })),
    ).toEqual({ kind: 'visual', name: 'a', prompt: 'Describe', seconds: 2, frames: 5, tier: 'pro' });
    expect(indexWish(form({ kind: 'audio', name: 'b', prompt: 'Sum up', by: 'word', count: '50' }))).toEqual({
      kind: 'audio',
      name: 'b',
      prompt: 'Sum up',
      by: 'word',
      count: 50,
    });
    expect(indexWish(form({ kind: 'audio', name: 'b', prompt: 'p', by: 'nonsense', count: '' }))).toMatchObject({
      by: 'sentence',
      count: 1,
    });
  });

  test('an event, and where it is watched for', () => {
    expect(eventWish(form({ label: ' slack ', prompt: ' User opened Slack ' }))).toEqual({
      label: 'slack',
      prompt: 'User opened Slack',
    });
    expect(alertWish(form({ index: 'ix', event: 'ev', url: ' ' }))).toEqual({ indexId: 'ix', eventId: 'ev', callbackUrl: '' });
  });

  test('languages with commas, spaces or both', () => {
    expect(transcriptWish(form({ language: ' auto ', into: ' es,  fr;ca ' }))).toEqual({
      language: 'auto',
      translateTo: ['es', 'fr', 'ca'],
    });
    const boxes = form({ language: 'en' });
    for (const tag of ['es', 'fr']) boxes.append('into', tag);
    expect(transcriptWish(boxes).translateTo).toEqual(['es', 'fr']);
    expect(transcriptWish(form({ into: '' }))).toEqual({ language: '', translateTo: [] });
  });

  test('a moment goes into the field and comes out as it went', () => {
    const atMs = new Date(2026, 10, 20, 4, 5, 6).getTime();
    expect(localMoment(atMs)).toBe('2026-11-20T04:05:06');
    expect(momentOf(form({ from: localMoment(atMs) }), 'from')).toBe(atMs);
    expect(momentOf(form({ from: '' }), 'from')).toBeNull();
  });

  test('a length of time as people read it', () => {
    expect([span(0), span(61_000), span(3_723_400), span(-5)]).toEqual(['0:00', '1:01', '1:02:03', '0:00']);
  });
});
