import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { AuthError } from '../../auth.ts';
import { uuidOf } from './subject.ts';
import type { TokenKeys } from './token-keys.ts';

/** Access tokens of the livestream API: JWTs that say who holds them, and nothing else. */

const ISSUER = 'viva-voce';
const AUDIENCE = 'livestream';

export interface AccessToken {
  readonly token: string;
  /** s */
  readonly expiresIn: number;
}

export interface AccessTokens {
  /** `login`: what it came from; null = it stands alone. */
  sign(subject: string, login?: string | null): Promise<AccessToken>;
  /** Throws `AuthError` 401. `expiresAt`: Unix s. */
  verify(token: string): Promise<{ readonly subject: string; readonly expiresAt: number; readonly login: string | null }>;
}

/** `seconds`: how long one is good. */
export function createAccessTokens(keys: TokenKeys, seconds: number): AccessTokens {
  return {
    async sign(subject, login = null) {
      const { kid, secret } = keys.signing();
      const token = await new SignJWT(login === null ? {} : { sid: login })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
        .sign(secret);
      return { token, expiresIn: seconds };
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid = '' }) => {
            const key = keys.find(kid);
            if (key === null) throw new errors.JWTInvalid('No key of ours signed it.');
            return key.secret;
          },
          { issuer: ISSUER, audience: AUDIENCE, algorithms: ['HS256'], requiredClaims: ['sub', 'exp'] },
        );
        const subject = uuidOf(payload.sub ?? '');
        if (subject === null) throw new errors.JWTInvalid('It names nobody.');
        const login = typeof payload['sid'] === 'string' ? payload['sid'] : null;
        return { subject, expiresAt: payload.exp ?? 0, login };
      } catch (cause) {
        if (cause instanceof errors.JWTExpired)
          throw new AuthError(401, 'token_expired', 'The token has expired; refresh it or log in again.');
        if (cause instanceof errors.JOSEError || cause instanceof TypeError)
          throw new AuthError(401, 'invalid_token', 'The token is not one of this gateway, or not for this use.');
        throw cause;
      }
    },
  };
}
