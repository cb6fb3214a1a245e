import { expect, it } from 'vitest';
import { residentCommand } from '../../../../../demo/server/engines/local/translate/mode.ts';

const MODE = `lt-proc -w '/usr/share/apertium/a-b/a-b.bin' | cg-proc -w '/usr/share/a.rlx.bin' | apertium-tagger -g $2 '/usr/share/a.prob' |
lt-proc $1 '/usr/share/a.autogen.bin'
`;

it('flushes at every stage, under another root, without marks', () => {
  expect(residentCommand(MODE, '/cache/of me')).toBe(
    [
      "lt-proc -z '-w' '/cache/of me/usr/share/apertium/a-b/a-b.bin'",
      "cg-proc -z '-w' '/cache/of me/usr/share/a.rlx.bin'",
      "apertium-tagger -z '-g' '/cache/of me/usr/share/a.prob'",
      "lt-proc -z -n '/cache/of me/usr/share/a.autogen.bin'",
    ].join(' | '),
  );
});

it('leaves the paths of an installed one, and a quote in the name of a folder, as they are', () => {
  expect(residentCommand("lt-proc '/usr/share/x.bin'", '')).toBe("lt-proc -z '/usr/share/x.bin'");
  expect(residentCommand("lt-proc '/x.bin'", "/o'brien")).toBe(`lt-proc -z '/o'\\''brien/x.bin'`);
});

it.each(['', 'lt-proc | ', '/bin/sh -c x', "$(reboot) 'x'", "lt-proc 'open"])('does not run %j', (mode) => {
  expect(() => residentCommand(mode, '')).toThrow('not understood');
});

it('lets nothing of a line reach the shell as more than a word', () => {
  expect(residentCommand('lt-proc a;reboot `b` $(c) >d', '')).toBe("lt-proc -z 'a;reboot' '`b`' '$(c)' '>d'");
});
