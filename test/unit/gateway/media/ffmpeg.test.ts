import { describe, expect, it } from 'vitest';
import { ensureFfmpeg, FfmpegMissingError } from '../../../../demo/server/media/ffmpeg/ensure.ts';
import type { Machine } from '../../../../demo/server/media/ffmpeg/ensure.ts';
import { plainWords } from '../../../../demo/server/media/ffmpeg/child.ts';
import { safeUrl, secretsOf, withoutCredentials } from '../../../../demo/server/media/ffmpeg/redact.ts';
import { openBytes, openUrl, SourceRefusedError } from '../../../../demo/server/media/ingest/source.ts';
import type { SourcePolicy } from '../../../../demo/server/media/ingest/source.ts';
import { Readable } from 'node:stream';

const machine = (works: readonly string[], has: Partial<Machine> = {}): Machine => {
  const installed = [...works];
  return {
    runs: (program) => (installed.includes(program) ? Promise.resolve() : Promise.reject(new Error(`no ${program}`))),
    install: () => Promise.reject(new Error('this does not run as root')),
    fetch: () => Promise.reject(new Error('the registry cannot be reached')),
    ...has,
  };
};
const ask = (given: Machine, env: NodeJS.ProcessEnv = {}): ReturnType<typeof ensureFfmpeg> =>
  ensureFfmpeg({ modelsDir: '/nowhere', env, machine: given });

describe('ffmpeg', () => {
  it('is the one that was named, or none', async () => {
    expect(await ask(machine(['/opt/ffmpeg', '/opt/ffprobe', 'ffmpeg']), { FFMPEG_PATH: '/opt/ffmpeg' })).toEqual({
      ...{ ffmpeg: '/opt/ffmpeg', ffprobe: '/opt/ffprobe', how: 'FFMPEG_PATH', limited: false },
    });
    await expect(ask(machine(['ffmpeg']), { FFMPEG_PATH: '/opt/ffmpeg' })).rejects.toThrow(
      'FFMPEG_PATH=/opt/ffmpeg: no /opt/ffmpeg',
    );
  });

  it('is the system’s, else installed, else an old build that says what it cannot do', async () => {
    expect(await ask(machine(['ffmpeg']))).toMatchObject({ how: 'system', ffprobe: null });
    const works: string[] = [];
    const installs: Partial<Machine> = {
      install: () => Promise.resolve(void works.push('ffmpeg')),
      runs: (program) => (works.includes(program) ? Promise.resolve() : Promise.reject(new Error('not there'))),
    };
    expect(await ask(machine([], installs))).toMatchObject({ how: 'apt', limited: false });
    expect(await ask(machine(['/models/ffmpeg'], { fetch: () => Promise.resolve('/models/ffmpeg') }))).toEqual({
      ...{ ffmpeg: '/models/ffmpeg', ffprobe: null, how: 'npm', limited: true },
    });
  });

  it('is missed with every reason', async () => {
    const missing = await ask(machine([])).catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(FfmpegMissingError);
    expect(String(missing)).toMatch(
      /system’s: no ffmpeg; apt-get install ffmpeg: this does not run as root; the npm build: the registry/,
    );
  });
});

describe('what is told of a URL', () => {
  it('holds neither user nor password nor query', () => {
    expect(safeUrl('rtsp://user:p%40ss@cam.example:554/ch1?token=abc')).toBe('rtsp://cam.example:554/ch1');
    const secrets = secretsOf('rtsp://user:p%40ssword@cam.example/ch1?token=abcdef');
    const said = "Input #0, rtsp, from 'rtsp://user:p%40ssword@cam.example/ch1?token=abcdef': 401 p@ssword abcdef";
    const told = withoutCredentials(said, secrets);
    expect(told).not.toMatch(/p@ss|p%40|abcdef|user/);
    expect(told).toContain('cam.example');
  });
});

describe('what ffmpeg says last', () => {
  it('is told without its sums and addresses', () => {
    expect(plainWords('[http @ 0x56479f2b94c0] HTTP error 404 Not Found')).toBe('HTTP error 404 Not Found');
    for (const line of [
      'frame=    0 fps=0.0 q=-1.0',
      'video:0kB audio:0kB',
      '  Stream #0:0: Video: h264',
      'Last message repeated 1 times',
    ])
      expect(plainWords(line)).toBe('');
  });
});

describe('a source', () => {
  const policy = (changes: Partial<SourcePolicy> = {}): SourcePolicy => ({
    ...{
      allowPrivate: true,
      limited: false,
      outsideProxy: () => Promise.resolve('http://viva:x@127.0.0.1:9'),
      outsideRtsp: () => Promise.resolve(9),
    },
    ...changes,
  });
  const value = (input: readonly string[], option: string): string | undefined => input[input.indexOf(option) + 1];

  it('is told to ffmpeg with the protocols that it needs and no others', async () => {
    const rtsp = await openUrl('rtsp://127.0.0.1:8554/cam', policy(), false);
    expect(value(rtsp.input, '-protocol_whitelist')).toBe('rtsp,rtsps,rtp,tcp,tls');
    expect(value(rtsp.input, '-rtsp_transport')).toBe('tcp');
    const http = await openUrl('http://127.0.0.1/a.mp4', policy(), false);
    expect(value(http.input, '-protocol_whitelist')).not.toMatch(/file|pipe|concat|subfile|udp/);
    expect(http.env).toEqual({});
    expect(openBytes(Readable.from([]), 'recording').input.join(' ')).toContain('-protocol_whitelist pipe');
  });

  it('is never an option, whatever it is called', async () => {
    await expect(openUrl('-i', policy(), false)).rejects.toThrow(SourceRefusedError);
    await expect(openUrl('concat:/etc/passwd', policy(), false)).rejects.toThrow(/concat is not taken here/);
    await expect(openUrl('pipe:0', policy(), false)).rejects.toThrow(SourceRefusedError);
    await expect(openUrl('file:///nowhere/-y.mp4', policy(), false)).rejects.toThrow(/no file/);
  });

  it('of strangers is neither a file nor a private address', async () => {
    const strict = policy({ allowPrivate: false });
    await expect(openUrl(import.meta.filename, strict, false)).rejects.toThrow(/Local files are not taken/);
    for (const url of ['rtsp://127.0.0.1/x', 'rtmp://10.0.0.1/x', 'http://[::1]/x.mp4', 'rtsp://0x7f.1/x', 'https://localhost/x'])
      await expect(openUrl(url, strict, false)).rejects.toThrow(/private address/);
    const byDoor = await openUrl('rtsps://u:pw@192.0.2.7:99/x?k=1', strict, false);
    expect(byDoor.input.at(-1)).toBe('rtsp://u:pw@127.0.0.1:9/x?k=1');
    expect((await openUrl('http://192.0.2.7/x.mp4', strict, false)).env).toEqual({ http_proxy: 'http://viva:x@127.0.0.1:9' });
  });

  it('on the network is not for an old build', async () => {
    await expect(openUrl('rtsp://127.0.0.1/x', policy({ limited: true }), false)).rejects.toThrow(/present-day ffmpeg/);
    expect((await openUrl(import.meta.filename, policy({ limited: true }), false)).ends).toBe('at-its-end');
  });
});
