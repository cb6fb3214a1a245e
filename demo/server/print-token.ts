import { readConfig } from './config.ts';
import { createAccessTokens } from './livestream/auth/access-tokens.ts';
import { OPERATOR, uuidOf } from './livestream/auth/subject.ts';
import { openTokenKeys } from './livestream/auth/token-keys.ts';

/** `npm run -s token [-- <user UUID>]`: a livestream token for the gateway of this `DATA_DIR`, running or not; to stdout, and nothing else. */

try {
  const config = readConfig(process.env, 0);
  const [, , named] = process.argv;
  const user = named === undefined ? OPERATOR : uuidOf(named);
  if (user === null) throw new Error('A user is named by a UUID.');
  const { token } = await createAccessTokens(openTokenKeys(config.dataDir), config.livestream.tokenSeconds).sign(user);
  process.stdout.write(`${token}\n`);
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
  process.exitCode = 1;
}
