/** WebVTT (W3C, with HLS's X-TIMESTAMP-MAP of RFC 8216 §3.5) read into cues: captions, chapters and thumbnails are all written in it. */

export interface VttCue {
  readonly id: string;
  /** ms on the file's own clock */
  readonly startMs: number;
  readonly endMs: number;
  /** Without tags, by language in the order written; language '' = not told. At least one. */
  readonly texts: readonly { readonly language: string; readonly text: string }[];
  /** As written. */
  readonly payload: string;
}

export interface VttFile {
  /** `MPEGTS` (90 kHz) is `localMs` on the file's clock; null = not told. */
  readonly timestampMap: { readonly mpegTs: number; readonly localMs: number } | null;
  readonly cues: readonly VttCue[];
  /** Blocks that are none of the kinds known, or whose times cannot be read. */
  readonly unread: number;
}

/** So many cues are read; a file with more is no caption file. */
const MOST_CUES = 50_000;
const MOST_PAYLOAD = 8_000;

const TIME = /^(?:(\d{1,6}):)?([0-5]?\d):([0-5]?\d)[.,](\d{3})$/;
/** 2^33 ticks of 90 kHz: where MPEG-2 timestamps begin anew. */
const TICKS = 2 ** 33;
const TICKS_IN_SECOND = 90_000;

/** `hh:mm:ss.mmm` or `mm:ss.mmm` as ms; null = it is none. */
export function vttTime(text: string): number | null {
  const found = TIME.exec(text.trim());
  if (found === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = found;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(millis);
}

/** Reads what it can; only a text without the signature gives no cue at all. */
export function parseVtt(source: string): VttFile {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (!/^WEBVTT(?:[ \t\n]|$)/.test(text)) return { timestampMap: null, cues: [], unread: 1 };
  const [header = '', ...blocks] = text.split(/\n{2,}/);
  const cues: VttCue[] = [];
  let unread = 0;
  for (const block of blocks) {
    const rows = block.split('\n').filter((row, index, all) => row !== '' || index < all.length - 1);
    if (rows.length === 0 || /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(rows[0]!) || cues.length >= MOST_CUES) continue;
    const cue = cueIn(rows, cues.length);
    if (cue === null) unread += 1;
    else cues.push(cue);
  }
  return { timestampMap: timestampMap(header), cues, unread };
}

function cueIn(rows: readonly string[], index: number): VttCue | null {
  const at = rows[0]!.includes('-->') ? 0 : 1;
  const [from = '', rest = ''] = (rows[at] ?? '').split('-->');
  const startMs = vttTime(from);
  const endMs = vttTime(rest.trim().split(/[ \t]/)[0] ?? '');
  if (startMs === null || endMs === null || endMs < startMs) return null;
  const payload = rows
    .slice(at + 1)
    .join('\n')
    .slice(0, MOST_PAYLOAD);
  return { id: at === 1 ? rows[0]! : String(index + 1), startMs, endMs, payload, texts: textsIn(payload) };
}

function timestampMap(header: string): VttFile['timestampMap'] {
  const line = /^X-TIMESTAMP-MAP=(.*)$/m.exec(header)?.[1];
  if (line === undefined) return null;
  const mpegTs = Number(/MPEGTS:(\d+)/.exec(line)?.[1]);
  const localMs = vttTime(/LOCAL:([\d:.]+)/.exec(line)?.[1] ?? '');
  return Number.isFinite(mpegTs) && localMs !== null ? { mpegTs, localMs } : null;
}

/** What is inside `<lang xx>` goes to that language, the rest to ''; two languages in one cue are two texts. */
function textsIn(payload: string): VttCue['texts'] {
  const byLanguage = new Map<string, string>();
  const open: string[] = [''];
  for (const [piece] of payload.matchAll(/<[^>]*>|[^<]+|</g)) {
    const language = open.at(-1) ?? '';
    const begins = /^<lang[. ][^>]*?\s*([A-Za-z0-9-]{1,35})>$/.exec(piece)?.[1];
    if (begins !== undefined) open.push(begins);
    else if (piece === '</lang>') open.splice(1, open.length - 1, ...open.slice(1, -1));
    else if (!/^<.*>$/s.test(piece)) byLanguage.set(language, (byLanguage.get(language) ?? '') + piece);
    else byLanguage.set(language, byLanguage.get(language) ?? '');
    // Rows are between languages too; a row's end inside none belongs to nobody.
  }
  const texts = [...byLanguage].map(([language, text]) => ({ language, text: unescaped(text).replace(/\s+/g, ' ').trim() }));
  const said = texts.filter(({ text }) => text !== '');
  return said.length > 0 ? said : [{ language: '', text: '' }];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
  quot: '"',
};

const unescaped = (text: string): string =>
  text.replace(/&(#x?[\da-f]{1,6}|\w{1,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1]?.toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/**
 * Where the file's 00:00 lies on the media timeline, s, for a rendition of a playlist: without a map its clock is that of MPEG-2 time
 * (RFC 8216 §3.5). `firstTimestampS`: MPEG-2 time at position 0 of the timeline.
 */
export function vttOffsetS({ timestampMap }: VttFile, firstTimestampS: number): number {
  if (timestampMap === null) return -firstTimestampS;
  const mapped = timestampMap.mpegTs / TICKS_IN_SECOND - firstTimestampS;
  const turn = TICKS / TICKS_IN_SECOND;
  // The 33 bits may have begun anew between the two: the nearer meaning is meant.
  const nearest = mapped - Math.round(mapped / turn) * turn;
  return nearest - timestampMap.localMs / 1000;
}
