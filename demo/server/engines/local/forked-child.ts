import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FromChild, ToChild } from './child-messages.ts';

/** One forked process: started, spoken to, and surely ended. */

export interface ForkedChildEvents {
  message(message: FromChild): void;
  /** Once, whatever ended it. `why` names the exit code or signal and the last words on stderr. */
  gone(why: string): void;
}

/** How long a child may take to leave after its channel closed, ms. */
const LEAVE_MS = 1500;
/** How long the rest of stderr may take to arrive after the end, ms. */
const LAST_WORDS_MS = 20;
const STDERR_KEPT_CHARS = 2000;

export class ForkedChild {
  readonly #process: ChildProcess;
  #lastWords = '';
  #gone = false;

  constructor(script: URL, data: unknown, events: ForkedChildEvents) {
    this.#process = fork(fileURLToPath(script), [], {
      serialization: 'advanced',
      execArgv: script.pathname.endsWith('.ts') ? ['--import', typescriptLoader()] : [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: withoutSecrets(process.env),
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-STDERR_KEPT_CHARS);
    });
    const gone = (why: string): void => {
      if (this.#gone) return;
      this.#gone = true;
      events.gone(this.#lastWords === '' ? why : `${why}: ${this.#lastWords.trim()}`);
    };
    this.#process.on('message', (message) => events.message(message as FromChild));
    this.#process.once('error', (error) => gone(error.message));
    this.#process.once('exit', (code, signal) => {
      // Not 'close': a grandchild (the loader's compiler) may hold stderr open longer. What was written is read in the meantime.
      setTimeout(() => gone(signal === null ? `exit code ${String(code)}` : `signal ${signal}`), LAST_WORDS_MS);
    });
    this.send({ type: 'start', data });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Messages to a child that is ending are dropped: its calls are failed by `gone`. */
  send(message: ToChild): void {
    if (!this.#process.connected) return;
    this.#process.send(message, (error) => {
      if (error !== null) this.kill();
    });
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Closes the channel, at which the child exits by itself; kills it when it does not. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null || this.pid === undefined) return;
    const closed = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    if (this.#process.connected) this.#process.disconnect();
    const timer = setTimeout(() => this.kill(), LEAVE_MS);
    await closed;
    clearTimeout(timer);
  }
}

/** Absolute, because Node resolves `--import` from the working directory. */
function typescriptLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

/** Engines are native code of others: they get no keys. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/KEY|SECRET|TOKEN|PASSWORD|DATABASE_URL|NODE_OPTIONS/i.test(name)),
  );
}
