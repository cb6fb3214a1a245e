import { spawn, type ChildProcess } from 'node:child_process';

/** One resident pipeline of programs: text and NUL in, text and NUL out, ended whole with all its stages. */

export interface PipelineOptions {
  /** For `sh -c`; see `residentCommand`. */
  readonly command: string;
  /** All that the programs get: nothing of the gateway's own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Once, whatever ended it, with why. */
  gone(why: string): void;
}

/** More than any sentence becomes: a pipeline that writes on and on is broken. */
const MOST_BYTES = 1 << 20;
/** How long the stages may take to leave after their input ended, ms. */
const LEAVE_MS = 500;

export class Pipeline {
  readonly #shell: ChildProcess;
  readonly #options: PipelineOptions;
  #answer: ((text: string) => void) | null = null;
  #parts: Buffer[] = [];
  #bytes = 0;
  #gone = false;

  constructor(options: PipelineOptions) {
    this.#options = options;
    // A group of its own, so that it can be ended whole. A gateway that is killed closes the first stage's input, at which all of them end.
    this.#shell = spawn('sh', ['-c', options.command], {
      detached: true,
      stdio: ['pipe', 'pipe', 'ignore'],
      env: options.env,
      cwd: '/',
    });
    // The first stage has gone: the end of the shell tells why.
    this.#shell.stdin?.on('error', () => this.kill());
    this.#shell.stdout?.on('data', (bytes: Buffer) => this.#read(bytes));
    this.#shell.once('error', (error) => this.#end(error.message));
    this.#shell.once('exit', (code, signal) => this.#end(signal === null ? `exit code ${String(code)}` : `signal ${signal}`));
  }

  /** One request at a time: `answer` is told what comes out for it, unless the pipeline goes before. */
  send(text: string, answer: (text: string) => void): void {
    this.#answer = answer;
    this.#shell.stdin?.write(`${text}\0`);
  }

  /** Ends all stages at once. */
  kill(): void {
    const { pid } = this.#shell;
    if (pid === undefined || this.#shell.exitCode !== null || this.#shell.signalCode !== null) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch (error) {
      // It has ended in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Closes the input, at which the stages end one after the other. */
  async close(): Promise<void> {
    if (this.#shell.pid === undefined || this.#shell.exitCode !== null || this.#shell.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => this.#shell.once('exit', () => resolve()));
    this.#shell.stdin?.end();
    const timer = setTimeout(() => this.kill(), LEAVE_MS);
    await ended;
    clearTimeout(timer);
  }

  #read(bytes: Buffer): void {
    let rest = bytes;
    for (;;) {
      const end = rest.indexOf(0);
      if (end === -1) break;
      this.#parts.push(rest.subarray(0, end));
      const text = Buffer.concat(this.#parts).toString();
      rest = rest.subarray(end + 1);
      [this.#parts, this.#bytes] = [[], 0];
      const answer = this.#answer;
      this.#answer = null;
      answer?.(text);
    }
    if (rest.length === 0) return;
    this.#parts.push(rest);
    this.#bytes += rest.length;
    if (this.#bytes > MOST_BYTES) this.#end('it writes without end');
  }

  #end(why: string): void {
    if (this.#gone) return;
    this.#gone = true;
    // When one stage dies, the others may wait for it.
    this.kill();
    this.#options.gone(why);
  }
}
