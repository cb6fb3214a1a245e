/** The median pitch of a voice, by autocorrelation of 40 ms pieces. Hz; 0 = none found. */
export function pitchHz(pcm: Int16Array, rate: number): number {
  const size = Math.round(rate * 0.04);
  const starts = Array.from({ length: Math.floor(pcm.length / size) - 1 }, (_, index) => index * size);
  const energies = starts.map((from) => dot(pcm, from, from, size));
  const loud = Math.max(...energies) / 10;
  const pitches = starts.filter((_, index) => (energies[index] ?? 0) > loud).flatMap((from) => pieceHz(pcm, from, size, rate));
  pitches.sort((a, b) => a - b);
  return pitches[pitches.length >> 1] ?? 0;
}

function pieceHz(pcm: Int16Array, from: number, size: number, rate: number): number[] {
  const [shortest, longest] = [Math.round(rate / 400), Math.round(rate / 65)];
  const alike = Array.from({ length: longest + 1 }, (_, lag) => {
    if (lag < shortest - 1) return 0;
    return dot(pcm, from, from + lag, size) / Math.sqrt(dot(pcm, from, from, size) * dot(pcm, from + lag, from + lag, size) + 1);
  });
  const best = Math.max(...alike);
  if (best < 0.7) return [];
  // The first peak nearly as high as the highest: later ones are its multiples.
  const lag = alike.findIndex(
    (value, at) => at >= shortest && value > 0.9 * best && value >= (alike[at - 1] ?? 0) && value >= (alike[at + 1] ?? 0),
  );
  return lag === -1 ? [] : [rate / lag];
}

function dot(pcm: Int16Array, first: number, second: number, size: number): number {
  let sum = 0;
  for (let index = 0; index < size; index += 2) sum += (pcm[first + index] ?? 0) * (pcm[second + index] ?? 0);
  return sum;
}
