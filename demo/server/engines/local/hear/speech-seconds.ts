/** How much of a recording is speech, by its loudness: frames of 20 ms louder than a tenth of its loud ones. */
export function speechSeconds(pcm: Int16Array, rate: number): number {
  const frame = Math.round(0.02 * rate);
  const levels = Array.from({ length: Math.floor(pcm.length / frame) }, (_, index) => {
    let sum = 0;
    for (let at = index * frame; at < (index + 1) * frame; at++) sum += (pcm[at] as number) ** 2;
    return Math.sqrt(sum / frame);
  });
  const loud = levels.toSorted((a, b) => a - b)[Math.floor(0.9 * (levels.length - 1))] ?? 0;
  return (levels.filter((level) => level > loud / 10).length * frame) / rate;
}
