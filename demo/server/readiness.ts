import type { Engine, Engines } from './engines/engine.ts';

/** Which engine plays each role, and whether it can. */

/** The roles that are always played; translating may be missing. */
type Role = Exclude<keyof Engines, 'translate' | 'noTranslate'>;

/** `absent`: nobody plays it, everything else works. */
export type RoleState = 'warming' | 'ready' | 'failed' | 'absent';

export interface RoleStatus {
  readonly name: string;
  readonly state: RoleState;
  /** Why it is absent. */
  readonly reason?: string;
}

export interface Readiness {
  roles(): Readonly<Record<Role | 'translate', RoleStatus>>;
  /** Every role was warmed. Rejects with the first failure. */
  readonly ready: Promise<void>;
}

const ROLES = ['hear', 'activity', 'answer', 'speak', 'see'] as const satisfies readonly Role[];

const NO_TRANSLATE = 'nothing here translates';

/** One line a role for the start: who plays it, or why nobody does. */
export function roleLines(engines: Engines): readonly string[] {
  const line = (role: string, words: string): string => `${role.padEnd(10)}${words}`;
  const played = ROLES.map((role) => line(role, engines[role].name));
  const { translate = null, noTranslate = NO_TRANSLATE } = engines;
  return [...played, line('translate', translate === null ? `none: ${noTranslate}` : translate.name)];
}

export function warmUp(engines: Engines): Readiness {
  const states = new Map<string, RoleState>();
  const warm = async (role: string, engine: Engine): Promise<void> => {
    states.set(role, 'warming');
    try {
      await engine.warm();
      states.set(role, 'ready');
    } catch (cause) {
      states.set(role, 'failed');
      throw cause;
    }
  };
  const { translate = null, noTranslate = NO_TRANSLATE } = engines;
  const all: readonly Promise<void>[] = [
    ...ROLES.map((role) => warm(role, engines[role])),
    ...(translate === null ? [] : [warm('translate', translate)]),
  ];
  const ready = Promise.all(all).then(() => undefined);
  // Whoever awaits it learns of a failure; /health tells it to everybody else.
  ready.catch(() => undefined);
  const status = (role: Role | 'translate', engine: Engine): RoleStatus => ({
    name: engine.name,
    state: states.get(role) ?? 'warming',
  });
  return {
    ready,
    roles: () => ({
      hear: status('hear', engines.hear),
      activity: status('activity', engines.activity),
      answer: status('answer', engines.answer),
      speak: status('speak', engines.speak),
      see: status('see', engines.see),
      translate: translate === null ? { name: 'none', state: 'absent', reason: noTranslate } : status('translate', translate),
    }),
  };
}
