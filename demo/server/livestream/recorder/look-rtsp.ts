import type { Socket } from 'node:net';
import { RtspAnswers, RtspError } from '../../media/ingest/rtsp-answers.ts';
import type { Sight } from './sight.ts';

/** A look at an RTSP address: it is asked to describe itself (RFC 2326 §10.2), and not to play. */

const AGENT = 'viva-voce';

export function lookRtsp(url: string, socket: Socket): Promise<Sight> {
  const asked = new URL(url);
  const named = asked.username !== '' || asked.password !== '';
  const target = url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
  return new Promise((resolve, reject) => {
    const answers = new RtspAnswers();
    socket.on('data', (bytes: Buffer) => {
      try {
        const answer = answers.push(bytes).find(({ status }) => status !== null);
        if (answer?.status != null) resolve(sightOf(answer.status, named));
      } catch (cause) {
        if (cause instanceof RtspError) resolve({ kind: 'unsure', why: cause.message });
        else reject(cause instanceof Error ? cause : new Error(String(cause)));
      }
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('it closed the connection')));
    socket.write(`DESCRIBE ${target} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\nUser-Agent: ${AGENT}\r\n\r\n`);
  });
}

/** `named`: the address carries a name and a password, which ffmpeg knows how to prove. */
export function sightOf(status: number, named: boolean): Sight {
  if (status >= 200 && status < 300) return { kind: 'live', mark: null, againMs: 0 };
  if (status === 401 && named) return { kind: 'unsure', why: 'it asks for a password' };
  if (status === 401) return { kind: 'absent', why: 'it asks for a password, and its address has none' };
  if (status >= 300 && status < 400) return { kind: 'unsure', why: 'it redirects' };
  return { kind: 'absent', why: `it answers ${String(status)}` };
}
