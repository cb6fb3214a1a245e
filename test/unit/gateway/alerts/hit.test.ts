import { describe, expect, it } from 'vitest';
import { alertFrame, alertPayload, clipAround, confidenceOf, hitId } from '../../../../demo/server/rtstream/alerts/hit.ts';
import type { Hit } from '../../../../demo/server/rtstream/alerts/hit.ts';
import { severityOf } from '../../../../src/protocols/rtstream/codec-severity.ts';

const hit: Hit = {
  id: hitId('0123456789abcdef', 'aaaabbbbccccdddd', 7),
  alertId: 'aaaabbbbccccdddd',
  indexId: '1111222233334444',
  streamId: 'rts-1',
  streamName: 'Desk',
  sceneId: 7,
  event: { id: '0123456789abcdef', prompt: 'User opened Slack application', label: 'slack_opened' },
  confidence: 0.95,
  explanation: 'User opened the Slack application',
  startMs: 1_710_000_012_340,
  endMs: 1_710_000_014_340,
  detectedMs: 1_710_000_014_900,
  streamUrl: 'https://g/manifests/rts-1/1-2.m3u8',
  playerUrl: 'https://g/watch?v=x',
};

describe('an alert that fired', () => {
  it('has an id that receivers deduplicate by, beginning with the event’s own', () => {
    expect(hit.id).toMatch(/^event-0123456789abcdef[0-9a-f]{16}$/);
    expect(hitId('0123456789abcdef', 'aaaabbbbccccdddd', 7)).toBe(hit.id);
    expect(hitId('0123456789abcdef', 'aaaabbbbccccdddd', 8)).not.toBe(hit.id);
    expect(hitId('0123456789abcdef', 'aaaabbbbccccddde', 7)).not.toBe(hit.id);
  });

  it('is told on the socket in every shape that readers look for, in ms', () => {
    expect(alertFrame(hit)).toMatchObject({
      channel: 'alert',
      rtstream_id: 'rts-1',
      data: {
        // docs
        label: 'slack_opened',
        triggered: true,
        confidence: 0.95,
        start: 1_710_000_012_340,
        end: 1_710_000_014_340,
        // the seed
        event_label: 'slack_opened',
        timestamp: 1_710_000_012_340,
        text: 'User opened the Slack application',
        severity: 'info',
      },
    });
  });

  it('is told to the webhook with exactly the seed’s fields, seconds as floats, and ours beside them', () => {
    const payload = alertPayload(hit);
    expect(payload).toMatchObject({
      event_id: hit.id,
      label: 'slack_opened',
      confidence: 0.95,
      explanation: 'User opened the Slack application',
      timestamp: '2024-03-09T16:00:14.900Z',
      start_time: 1_710_000_012.34,
      end_time: 1_710_000_014.34,
      stream_url: hit.streamUrl,
      player_url: hit.playerUrl,
    });
    expect(payload).toMatchObject({ rtstream_id: 'rts-1', rtstream_index_id: hit.indexId, alert_id: hit.alertId });
  });

  it('says the event’s own words where the engine had none', () => {
    expect(alertPayload({ ...hit, explanation: '' })['explanation']).toBe('User opened Slack application');
  });

  it('shows a little before and after', () => {
    expect(clipAround({ startMs: 10_000, endMs: 12_000 })).toEqual([8_000, 14_000]);
  });

  it.each([
    [0.5, 0.5],
    [-1, 0],
    [7, 1],
    [Number.NaN, 0],
  ])('confidence %d is told as %d', (given, told) => {
    expect(confidenceOf({ confidence: given })).toBe(told);
  });
});

describe('severity', () => {
  it.each([
    ['critical: smoke', '', 'critical'],
    ['[Warning] door', '', 'warning'],
    ['smoke', 'Critical: smoke in the hall', 'critical'],
    ['info: x', 'critical: y', 'info'],
    ['critically_low', '', 'info'],
    ['slack_opened', 'User opened Slack', 'info'],
  ])('%j, %j: %s', (label, prompt, severity) => {
    expect(severityOf(label, prompt)).toBe(severity);
  });

  it('what is told outright wins', () => {
    expect(severityOf('critical: x', '', 'warning')).toBe('warning');
    expect(severityOf('critical: x', '', 'dreadful')).toBe('critical');
  });
});
