import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seeing } from '../../demo/server/engines/engine.ts';
import { localSeeing } from '../../demo/server/engines/local/see.ts';
import { faces, objects } from '../../demo/server/engines/weights-table.ts';
import { matchEvent } from '../../demo/server/rtstream/events/match-event.ts';
import type { NewScene } from '../../demo/server/rtstream/scene.ts';
import { askedJson, fillAsked, fits } from '../../demo/server/rtstream/visual/asked-json.ts';
import { evidenceOf } from '../../demo/server/rtstream/visual/evidence.ts';
import type { SceneFacts } from '../../demo/server/rtstream/visual/facts.ts';
import { knowing } from '../../demo/server/rtstream/visual/known.ts';
import { judged } from '../support/screens/judging.ts';
import { lookedAt } from '../support/screens/looked-at.ts';
import { tunedScreens } from '../support/screens/tuned.ts';
import type { Screen } from '../support/screens/drawing.ts';
import { signal, weightsHere } from './here.ts';

/** A few of the screens of `prove:screens` and one event of `prove:events`, with the real engines. */

let see: Seeing;
beforeAll(async () => {
  const [{ weights: things, log }, { weights }] = [await weightsHere(objects), await weightsHere(faces)];
  see = localSeeing({ weights: { objects: things, faces: weights }, log });
});
afterAll(() => see.close());

const screenOf = (id: string): Screen => tunedScreens.find((screen) => screen.id === id)!;
const scene = (facts: SceneFacts): NewScene => ({
  startMs: 0,
  endMs: 2000,
  text: '',
  data: null,
  metadata: {},
  evidence: evidenceOf(facts),
});

describe('a labelled screen', () => {
  it.each(['login', 'failure'])('%s is read with its buttons and fields in tier pro', async (id) => {
    const { facts } = await lookedAt(see, screenOf(id), 'pro');
    expect(judged(screenOf(id), facts)).toMatchObject({ faults: [], invented: 0, containsText: [1, 1], colours: [1, 1] });
  });

  it('has its colours in tier mini, and nothing is claimed of the rest', async () => {
    const asked = askedJson(
      'JSON {"dominant_colors": ["main colors"], "contains_text": true/false, "app_name": "name", "people": 0}',
    )!;
    const { facts } = await lookedAt(see, screenOf('blank'), 'mini');
    const answer = fillAsked(asked, knowing(facts));
    expect(fits(asked, answer)).toBe(true);
    expect(answer).toEqual({
      dominant_colors: [expect.stringMatching(/blue$/)],
      contains_text: null,
      app_name: null,
      people: null,
    });
  });

  it('“User opened Slack application” is Slack’s, and not of a page that writes about it', async () => {
    const [slack, article] = [await lookedAt(see, screenOf('slack'), 'basic'), await lookedAt(see, screenOf('article'), 'basic')];
    const match = matchEvent({ embedder: null, model: null });
    const fires = async (of: SceneFacts, before: SceneFacts): Promise<boolean> =>
      (await match('User opened Slack application', scene(of), scene(before), signal)).matched;
    expect(await fires(slack.facts, article.facts)).toBe(true);
    expect(await fires(article.facts, slack.facts)).toBe(false);
    expect(await fires(slack.facts, slack.facts)).toBe(false);
  });
});
