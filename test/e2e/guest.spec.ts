import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { visit, type VisitOptions } from '../support/conversation.ts';
import { recorderScripts } from '../support/output-recorder.ts';
import { soundingStretches } from '../support/output-recorder.ts';
import { mouthAndEar } from '../support/synthesise.ts';

/** A page of another origin holds a spoken conversation, the voice path in a Worker or in the page. */

const folder = mkdtempSync(join(tmpdir(), 'viva-voce-guest-'));
const question = join(folder, 'question.wav');

test.beforeAll(async () => {
  const mouth = await mouthAndEar();
  await mouth.say('Are you open on Saturday?', question);
  await mouth.close();
});
test.afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = Object.fromEntries(
  Object.entries(recorderScripts).map(([path, content]) => [path, { type: 'text/javascript', content }]),
);

/** The tag and everything behind it come from the gateway: its Worker is of another origin, so the page hosts the voice. */
const tagOfTheGateway: VisitOptions = {
  guest: (origin) => ({
    files,
    body: `<script type="module" src="${origin}/embed/viva-voce.js"></script><viva-voce></viva-voce>`,
  }),
};
/** The guest serves the widget's files itself and only talks to the gateway. */
const selfHosted: VisitOptions = {
  guest: (origin) => ({
    files,
    served: 'dist',
    body: `<script type="module" src="/embed/viva-voce.js"></script><viva-voce endpoint="${origin}"></viva-voce>`,
  }),
};

for (const [host, options] of [
  ['page', tagOfTheGateway],
  ['worker', selfHosted],
] as const) {
  test(`a spoken conversation on another origin, hosted by the ${host}`, async () => {
    const visited = await visit([{ silenceMs: 1_000 }, { wav: question }, { silenceMs: 15_000 }], options);
    try {
      await visited.talk();
      const state = await visited.until(
        'the answer was played',
        ({ phase, transcript }) =>
          phase === 'listening' && transcript.some(({ role, status }) => role === 'assistant' && status === 'final'),
      );
      expect(state.host).toBe(host);
      expect(state.transcript[0]?.text.toLowerCase()).toContain('saturday');
      expect(soundingStretches(await visited.output())).toHaveLength(1);
    } finally {
      await visited.leave();
    }
  });
}
