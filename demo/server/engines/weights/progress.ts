import { SingleBar } from 'cli-progress';

/** Shows how far the download is: a bar on a terminal, a line each quarter elsewhere. */

export interface Progress {
  received(bytes: number): void;
  end(): void;
}

/** `totalBytes`: of all that will be received. */
export function showProgress(label: string, totalBytes: number, output: NodeJS.WriteStream = process.stderr): Progress {
  return output.isTTY ? bar(label, totalBytes, output) : lines(label, totalBytes, output);
}

function bar(label: string, totalBytes: number, output: NodeJS.WriteStream): Progress {
  const shown = new SingleBar({
    stream: output,
    format: `${label} [{bar}] {percentage} % of ${megabytes(totalBytes)}, {eta_formatted} left`,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    hideCursor: true,
  });
  shown.start(totalBytes, 0);
  return {
    received: (bytes) => shown.increment(bytes),
    end: () => shown.stop(),
  };
}

function lines(label: string, totalBytes: number, output: NodeJS.WritableStream): Progress {
  let done = 0;
  let told = 0;
  output.write(`${label}: ${megabytes(totalBytes)} to fetch, once\n`);
  return {
    received: (bytes) => {
      done += bytes;
      const quarter = Math.floor((4 * done) / totalBytes);
      if (quarter > told && quarter <= 4) {
        told = quarter;
        output.write(`${label}: ${String(25 * quarter)} %\n`);
      }
    },
    end: () => undefined,
  };
}

function megabytes(bytes: number): string {
  return `${String(Math.round(bytes / 1e6))} MB`;
}
