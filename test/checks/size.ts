import { readFileSync, writeFileSync } from 'node:fs';
import { bundled, samples } from './bundles.ts';
import { rings, total } from './closure.ts';
import { answerPath, desk, DESK_LIMITS, DESKS, launcher, LIMITS, migrate, panel, PANEL_LIMITS, voicePath } from './voice-path.ts';

/** The script sizes the project promises, and the README's table of them (`--write` brings it up to date). */

const KB = 1000;

const kb = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`;
const rows = [
  { what: 'launcher, before a click', files: launcher(), limit: LIMITS.launcher },
  { what: 'voice path, from the click to the first frame, launcher included', files: voicePath(), limit: LIMITS.voice },
  { what: 'the same until an answer was heard and cut', files: answerPath(), limit: LIMITS.answer },
  { what: 'stand-ins for other widgets, `migrate.js`', files: migrate(), limit: LIMITS.migrate },
  { what: 'in a bundle of your own: the tag, before a click', files: await bundled(samples.tag), limit: LIMITS.bundledTag },
  {
    what: 'in a bundle of your own: the player alone, without hls.js',
    files: await bundled(samples.player),
    limit: LIMITS.bundledPlayer,
  },
  { what: 'in a bundle of your own: the RTVT client alone', files: await bundled(samples.rtvt), limit: LIMITS.bundledRtvt },
];

const faults = rows
  .filter(({ files, limit }) => total(files) > limit)
  .map(({ what, files, limit }) => `${what}: ${kb(total(files))} is over ${kb(limit)}`)
  .concat(rings('dist/embed'));
for (const { what, files } of rows) {
  console.log(`${what}: ${kb(total(files))}`);
  for (const { path, gzip } of files) console.log(`  ${kb(gzip).padStart(8)}  ${path}`);
}

const { requests, roundTrips } = panel();
console.log(`from a press to the panel: ${requests} requests, ${roundTrips} round trips`);
if (requests > PANEL_LIMITS.requests || roundTrips > PANEL_LIMITS.roundTrips)
  faults.push(`a press fetches ${requests} scripts in ${roundTrips} round trips, over ${JSON.stringify(PANEL_LIMITS)}`);

for (const [name, own] of Object.entries(DESKS)) {
  const { requests, roundTrips } = desk(own);
  console.log(`from a page's tag to the desk of ${name}: ${requests} requests, ${roundTrips} round trips`);
  if (requests > DESK_LIMITS.requests || roundTrips > DESK_LIMITS.roundTrips)
    faults.push(`the desk of ${name} is ${requests} scripts in ${roundTrips} round trips, over ${JSON.stringify(DESK_LIMITS)}`);
}

const table = [
  '| what | bytes | limit |',
  '| --- | ---: | ---: |',
  ...rows.map(({ what, files, limit }) => `| ${what} | ${kb(total(files))} | ${kb(limit)} |`),
].join('\n');
const readme = readFileSync('README.md', 'utf8');
const section = /(?<=<!-- sizes -->)[^]*?(?=<!-- \/sizes -->)/;
if (process.argv.includes('--write')) {
  writeFileSync('README.md', readme.replace(section, `\n\n${table}\n\n`));
} else {
  const told = [...(section.exec(readme)?.[0] ?? '').matchAll(/\| +([\d.]+) KB \| +[\d.]+ KB/g)].map(
    ([, value]) => Number(value) * KB,
  );
  rows.forEach(({ what, files }, index) => {
    const value = told[index] ?? 0;
    if (Math.abs(value - total(files)) > 0.1 * total(files))
      faults.push(`README says ${kb(value)} for "${what}": npm run docs writes the table anew`);
  });
}
if (faults.length > 0) console.log(faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
