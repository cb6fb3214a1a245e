import { expect, it } from 'vitest';
import { parseSimulation, parseUris } from '../../../../../demo/server/engines/local/translate/apt-output.ts';

it('reads which packages would come, and which are there in another version', () => {
  const text = `Reading package lists...
Inst gawk (1:5.2.1-2 Debian:12.15/oldstable [amd64])
Inst libxml2-dev [2.9.14-1] (2.9.14-2 Debian:12.15/oldstable [amd64]) []
Conf gawk (1:5.2.1-2 Debian:12.15/oldstable [amd64])`;
  expect(parseSimulation(text)).toEqual([
    { name: 'gawk', version: '1:5.2.1-2', installed: false },
    { name: 'libxml2-dev', version: '2.9.14-2', installed: true },
  ]);
});

it('reads where each comes from, how large it is and what it must hash to', () => {
  const text = `'http://deb.example/pool/main/a/apertium_3.8.3-1%2bb2_amd64.deb' apertium_3.8.3-1+b2_amd64.deb 361704 SHA256:0aFf
'http://deb.example/g.deb' gawk_1%3a5.2.1-2_amd64.deb 10 `;
  expect(parseUris(text)).toEqual([
    { name: 'apertium', version: '3.8.3-1+b2', file: 'apertium_3.8.3-1+b2_amd64.deb', bytes: 361_704, hash: 'SHA256:0aFf' },
    { name: 'gawk', version: '1:5.2.1-2', file: 'gawk_1%3a5.2.1-2_amd64.deb', bytes: 10, hash: '' },
  ]);
});
