/// <reference path="./npmcli-config.d.ts" />
import { dirname, join } from 'node:path';
import Config from '@npmcli/config';
import settings from '@npmcli/config/lib/definitions/index.js';

/** What npm is configured for here: registry, proxy, certificates, cache, as options for pacote, which reads no `.npmrc` by itself. */
export async function npmSettings(env: NodeJS.ProcessEnv = process.env): Promise<Readonly<Record<string, unknown>>> {
  const config = new Config({
    ...settings,
    npmPath: npmFolder(env),
    // Our own command line is not npm's.
    argv: [],
    // A copy: loading writes npm_config_* into it.
    env: { ...env },
    warn: false,
  });
  await config.load();
  return config.flat;
}

/** Where npm's builtin `npmrc` is: the npm that started us, or the one beside this Node. */
function npmFolder(env: NodeJS.ProcessEnv): string {
  const cli = env['npm_execpath'];
  return cli === undefined ? join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm') : join(dirname(cli), '..');
}
