import { concatMap, from } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Selectable } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { json } from '../store/json.ts';
import type { StreamTable } from '../store/stream-tables.ts';
import type { Database } from '../store/tables.ts';
import type { Audience, ChannelFrame, Channels } from './channels/frame.ts';
import type { FinalLine, TranscriptEvent } from './transcript/transcript-event.ts';

/** What is heard on a stream goes into the tables and out on the channels, in order. */

export type StreamFacts = Pick<Selectable<StreamTable>, 'id' | 'name' | 'collection_id'>;

export interface TranscriptParts {
  readonly database: Database;
  readonly channels: Channels;
  /** Sockets that hear it now. */
  connections(): readonly string[];
  /** Makes a stored line findable. */
  remember(line: FinalLine): Promise<void>;
}

export function storedTranscript(stream: StreamFacts, parts: TranscriptParts): OperatorFunction<TranscriptEvent, void> {
  const { database, channels } = parts;
  /** Transcription's own names of lines under way → what readers know them by, and what is known of them. */
  const lines = new Map<string, Line>();

  const tell = (line: Line, interim: boolean): void => {
    const to: Audience = { connections: parts.connections(), interim };
    channels.publish(transcriptFrame(stream, line, !interim), to);
  };
  const keep = async (event: TranscriptEvent): Promise<void> => {
    if (event.type === 'heard') return;
    const before = lines.get(event.line);
    if (event.type === 'translation') {
      if (before === undefined) return;
      before.translations[event.language] = event.text;
      await database
        .updateTable('lines')
        .set({ translations: json(before.translations) })
        .where('line', '=', before.name)
        .execute();
      tell(before, false);
      return;
    }
    const line: Line = { name: before?.name ?? `ln-${uuidv7()}`, event, translations: {} };
    lines.set(event.line, line);
    forgetOldest(lines);
    if (event.type === 'interim') {
      tell(line, true);
      return;
    }
    const { text, language, startMs, endMs, words } = event;
    await database
      .insertInto('lines')
      .values({
        line: line.name,
        stream_id: stream.id,
        start_ms: startMs,
        end_ms: endMs,
        text,
        language,
        words: json(words),
        translations: json({}),
      })
      .execute();
    tell(line, false);
    await parts.remember(event);
  };
  return concatMap((event) => from(keep(event)));
}

interface Line {
  readonly name: string;
  readonly event: Extract<TranscriptEvent, { type: 'interim' | 'final' }>;
  readonly translations: Record<string, string>;
}

/** Translations come soon after their line. */
const REMEMBERED = 64;

function forgetOldest(lines: Map<string, Line>): void {
  const [oldest] = lines.keys();
  if (lines.size > REMEMBERED && oldest !== undefined) lines.delete(oldest);
}

/** Shape of spec §4, with what else is known of the line. */
function transcriptFrame(stream: StreamFacts, { name, event, translations }: Line, final: boolean): ChannelFrame {
  return {
    channel: 'transcript',
    rtstream_id: stream.id,
    rtstream_name: stream.name,
    id: name,
    data: {
      id: name,
      text: event.text,
      is_final: final,
      start: event.startMs,
      end: event.endMs,
      language: event.language,
      translations,
    },
  };
}
