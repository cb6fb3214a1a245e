import { createGateway } from './app.ts';
import { readConfig } from './config.ts';
import { createEngines } from './engines/engines.ts';
import { createLog } from './log.ts';
import { roleLines } from './readiness.ts';

/** `npm start`: gateway and site on 5173. `--gateway`: the gateway alone on 8787, telling its address as one line of JSON. */

const alone = process.argv.includes('--gateway');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const config = readConfig(process.env, alone ? 8787 : 5173);
  const log = createLog(config);
  const engines = await createEngines(config, { log });
  const gateway = await createGateway(config, engines, { log });
  await gateway.ready;
  const url = await gateway.listen(config.port, config.host);
  const { tcpPort, livestreamPort } = gateway;
  const ports = {
    ...(tcpPort === null ? {} : { rtvtTcpPort: tcpPort }),
    ...(livestreamPort === null ? {} : { livestreamPort }),
  };
  if (alone) say(JSON.stringify({ ready: true, url, ...ports }));
  else {
    say(`Viva Voce is at ${config.publicUrl === null ? url : `${config.publicUrl} (${url})`}`);
    for (const line of roleLines(engines)) say(`  ${line}`);
    if (gateway.streams !== null) say(`  streams   ${gateway.streams.told}`);
    if (gateway.livestream !== null) say(`  tasks     recorded by ${gateway.livestream.told}`);
  }

  let leaving = false;
  const leave = (signal: string): void => {
    if (leaving) process.exit(1);
    leaving = true;
    log.info({ signal }, 'shutting down');
    gateway.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        log.error({ err: cause }, 'shutting down failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, leave);
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exit(1);
}
