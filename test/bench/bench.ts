import { answerPcm, bargeRow } from './barge.ts';
import { inBrowser } from './browser.ts';
import { openEar } from './ear.ts';
import { firefoxRow } from './firefox.ts';
import { ageAndStallRows, exactRow, memoryRow, sileroRow, strictRow } from './live.ts';
import { print, type Row } from './report.ts';
import { costRow, delayRow, jitterRow, qualityRow } from './resampling.ts';
import { fetchRival, sileroFolder } from './rivals.ts';
import { openSite } from './site.ts';
import { soundRows } from './sounding.ts';
import { wordsRow } from './words.ts';

/** `npm run bench [T1 T5 …]`: the audio path beside other people's, in one run. Fetches what it needs, or says what was not measured. */

const wanted = process.argv.slice(2).map((name) => name.toUpperCase());
const want = (...targets: readonly string[]): boolean => wanted.length === 0 || targets.some((target) => wanted.includes(target));

const rows: Row[] = [];
const show = (...more: readonly Row[]): void => {
  print(more);
  rows.push(...more);
};

const [libsamplerate, wavtools, elevenlabs] = [
  await fetchRival('@alexanderolsen/libsamplerate-js@2.1.2'),
  await fetchRival('wavtools@0.1.5'),
  await fetchRival('@elevenlabs/client@1.25.0'),
];
const rivals = [wavtools === null ? [] : ['wavtools'], elevenlabs === null ? [] : ['elevenlabs']].flat();
const silero = want('VAD') ? await sileroFolder() : null;
const site = await openSite({ wavtools, elevenlabs, silero }, { 'answer.pcm': answerPcm() });
const ear = want('T8', 'T9', 'T13') ? await openEar() : null;
try {
  if (want('T1')) show(qualityRow(await inBrowser(site.url, {}, (page) => page.evaluate(() => window.bench.alias()))));
  if (want('T2')) show(delayRow());
  if (want('T3')) show(await costRow(libsamplerate));
  if (want('T4')) show(await wordsRow());
  if (want('T5', 'T6')) show(...(await ageAndStallRows(site, ['ours-worker', 'ours-main', ...rivals, 'mediarecorder'])));
  if (want('T7')) show(await exactRow(site));
  if (want('T8', 'T9')) show(...(await soundRows(site, ear, rivals)));
  if (want('T10')) show(jitterRow());
  if (want('T11')) show(await bargeRow(site));
  if (want('T12')) show(await strictRow(site));
  if (want('T13')) show(await firefoxRow(site, ear));
  if (want('VAD') && silero !== null) show(await sileroRow(site));
  if (want('T14')) show(await memoryRow(site, ['ours-main', ...(wavtools === null ? [] : ['wavtools'])]));
} finally {
  site.close();
  ear?.close();
}
const kept = rows.filter((row) => row.kept === true).length;
const missed = rows.filter((row) => row.kept === false).map(({ target }) => target);
console.log(
  `${kept} kept, ${missed.length} missed${missed.length === 0 ? '' : ` (${missed.join(', ')})`}, ${rows.length - kept - missed.length} not measured`,
);
if (missed.length > 0) process.exitCode = 1;
