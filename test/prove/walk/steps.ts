import { wordErrors } from '../../support/conversation.ts';
import type { Visitor } from './visitor.ts';

/** What a visitor may do next, and what must be so afterwards. */

export type WalkStep = (visitor: Visitor) => Promise<void>;

const press = (visitor: Visitor, name: string): Promise<void> =>
  visitor.visited.page.getByRole('button', { name, exact: true }).click();

const finals = async (visitor: Visitor): Promise<number> =>
  (await visitor.lines('assistant')).filter(({ status }) => status === 'final').length;

/** The newest line of the user is what was asked. */
async function understood(visitor: Visitor, asked: string): Promise<void> {
  const heard = (await visitor.lines('user')).at(-1)?.text ?? '';
  if (wordErrors(asked, heard) > 1) throw new Error(`asked: ${asked} / written down: ${heard}`);
}

const begin = (visitor: Visitor): Promise<void> =>
  visitor.visited.page.getByRole('button', { name: /^(Start talking|Talk again)$/ }).click();

async function write(visitor: Visitor, text: string): Promise<void> {
  await visitor.visited.page.getByRole('textbox').fill(text);
  await visitor.visited.page.keyboard.press('Enter');
}

async function cut(visitor: Visitor, how: () => Promise<unknown>): Promise<void> {
  await visitor.ask();
  await visitor.sounding(8);
  const { length } = await visitor.lines('assistant');
  await how();
  await visitor.visited.until(
    'the answer is cut',
    ({ transcript }) => transcript.filter(({ role }) => role === 'assistant')[length - 1]?.status === 'interrupted',
    5_000,
  );
}

export const steps: Readonly<Record<string, WalkStep>> = {
  ask: async (visitor) => {
    const before = await finals(visitor);
    const asked = await visitor.ask();
    await visitor.answered(before);
    await understood(visitor, asked);
  },
  write: async (visitor) => {
    const before = await finals(visitor);
    await write(visitor, 'When are you open?');
    await visitor.answered(before);
    await understood(visitor, 'When are you open?');
  },
  'cut by the button': async (visitor) => {
    await cut(visitor, () => press(visitor, 'Stop answering'));
    await visitor.listening();
  },
  'cut by Escape': async (visitor) => {
    await cut(visitor, () => visitor.visited.page.keyboard.press('Escape'));
    await visitor.listening();
  },
  'cut by voice': async (visitor) => {
    const before = await finals(visitor);
    let asked = '';
    await cut(visitor, async () => (asked = await visitor.ask()));
    await visitor.answered(before);
    await understood(visitor, asked);
  },
  'cut in writing': async (visitor) => {
    const before = await finals(visitor);
    await cut(visitor, () => write(visitor, 'Where are you?'));
    await visitor.answered(before);
    await understood(visitor, 'Where are you?');
  },
  'mute and talk': async (visitor) => {
    const { length } = (await visitor.visited.state()).transcript;
    await press(visitor, 'Mute microphone');
    await visitor.visited.until('it is muted', ({ microphone }) => microphone === 'muted');
    await visitor.ask();
    await press(visitor, 'Unmute microphone');
    await visitor.visited.until('it hears again', ({ microphone }) => microphone === 'live');
    const now = (await visitor.visited.state()).transcript;
    if (now.length !== length) throw new Error(`heard while muted: ${now.at(-1)?.text ?? ''}`);
  },
  'camera on and off': async (visitor) => {
    await press(visitor, 'Show your camera');
    // Its picture has such a button of its own.
    await visitor.visited.page.getByRole('button', { name: 'Stop the camera', exact: true }).first().click();
  },
  'the network is gone for a moment': async (visitor) => {
    const { reconnects } = await visitor.visited.state();
    visitor.visited.proxy.cut();
    await visitor.visited.until('it came back', (state) => state.reconnects > reconnects && state.phase === 'listening', 30_000);
  },
  'the network is gone in an answer': async (visitor) => {
    await visitor.ask();
    await visitor.sounding(8);
    const { reconnects } = await visitor.visited.state();
    visitor.visited.proxy.cut();
    await visitor.visited.until(
      'it came back',
      (state) => state.reconnects > reconnects && state.phase !== 'reconnecting',
      30_000,
    );
    await visitor.listening();
  },
  'close and open while it speaks': async (visitor) => {
    const before = await finals(visitor);
    await visitor.ask();
    await visitor.sounding();
    await press(visitor, 'Close');
    await visitor.visited.widget.getByRole('button').first().click();
    await visitor.answered(before);
  },
  'end and begin again': async (visitor) => {
    await press(visitor, 'End');
    await visitor.visited.until('it is over', ({ phase, microphone }) => phase === 'ended' && microphone === 'off');
    await begin(visitor);
    await visitor.listening();
  },
  'end in an answer and begin again': async (visitor) => {
    await visitor.ask();
    await visitor.sounding(8);
    await press(visitor, 'End');
    await visitor.visited.until('it is over', ({ phase, playing }) => phase === 'ended' && !playing);
    await begin(visitor);
    await visitor.listening();
  },
  'be moved to another place of the page': async (visitor) => {
    await visitor.visited.widget.evaluate((tag) => {
      const place = tag.parentElement;
      tag.remove();
      place?.append(tag);
    });
    await visitor.listening();
  },
  'leave the page of an app and return': async (visitor) => {
    const { visited } = visitor;
    await visited.page.evaluate(async () => {
      const tag = document.querySelector('viva-voce');
      const place = tag?.parentElement;
      tag?.remove();
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (tag) place?.append(tag);
    });
    const start = visited.page.getByRole('button', { name: 'Start talking' });
    const launcher = visited.widget.getByRole('button').first();
    await launcher.or(start).first().waitFor();
    if (!(await start.isVisible())) await launcher.click();
    await start.click();
    await visitor.listening();
  },
  'end before it has begun': async (visitor) => {
    await press(visitor, 'End');
    await begin(visitor);
    await visitor.visited.widget.evaluate((tag) => {
      void (tag as HTMLElement & { assistant: { stop(): Promise<void> } }).assistant.stop();
    });
    await visitor.visited.until('it is over', ({ phase, microphone }) => phase === 'ended' && microphone === 'off');
    await begin(visitor);
    await visitor.listening();
  },
  'write three times at once': async (visitor) => {
    const { length } = await visitor.lines('user');
    for (const text of ['Where are you?', 'When are you open?', 'Do you sell seeds?']) await write(visitor, text);
    await visitor.visited.until(
      'all three stand there',
      ({ transcript }) => transcript.filter(({ role, status }) => role === 'user' && status === 'final').length === length + 3,
    );
    await visitor.listening();
  },
  'mute in the middle of a sentence': async (visitor) => {
    const said = visitor.ask();
    await visitor.visited.until('it is heard', ({ userSpeaking }) => userSpeaking);
    await press(visitor, 'Mute microphone');
    await said;
    await visitor.listening();
    await press(visitor, 'Unmute microphone');
    await visitor.visited.until('it hears again', ({ microphone }) => microphone === 'live');
  },
  'pull the microphone out': async (visitor) => {
    await visitor.pull();
    await visitor.visited.until('it is told', ({ microphone }) => microphone !== 'live', 5_000);
    await visitor.visited.until('there is one again', ({ microphone }) => microphone === 'live');
  },
  'the sound is stopped by the system': async (visitor) => {
    await visitor.visited.page.evaluate(() =>
      (globalThis as unknown as { recordedContext?: AudioContext }).recordedContext?.suspend(),
    );
    const before = await finals(visitor);
    await write(visitor, 'When are you open?');
    await visitor.answered(before);
  },
};
