import type { Engine, Engines } from './engines/engine.ts';

/** Which engine plays each role, and whether it can. */

/** The roles that are always played; translating may be missing. */
type Role = Exclude<keyof Engines, 'translate'>;

export type RoleState = 'warming' | 'ready' | 'failed';

export interface Readiness {
  roles(): Readonly<Record<Role, { readonly name: string; readonly state: RoleState }>>;
  /** Every role was warmed. Rejects with the first failure. */
  readonly ready: Promise<void>;
}

export const ROLES = ['hear', 'activity', 'answer', 'speak', 'see'] as const satisfies readonly Role[];

export function warmUp(engines: Engines): Readiness {
  const states: Record<Role, RoleState> = {
    hear: 'warming',
    activity: 'warming',
    answer: 'warming',
    speak: 'warming',
    see: 'warming',
  };
  const warm = async (role: Role, engine: Engine): Promise<void> => {
    try {
      await engine.warm();
      states[role] = 'ready';
    } catch (cause) {
      states[role] = 'failed';
      throw cause;
    }
  };
  const ready = Promise.all(ROLES.map((role) => warm(role, engines[role]))).then(() => undefined);
  // Whoever awaits it learns of a failure; /health tells it to everybody else.
  ready.catch(() => undefined);
  return {
    ready,
    roles: () => ({
      hear: { name: engines.hear.name, state: states.hear },
      activity: { name: engines.activity.name, state: states.activity },
      answer: { name: engines.answer.name, state: states.answer },
      speak: { name: engines.speak.name, state: states.speak },
      see: { name: engines.see.name, state: states.see },
    }),
  };
}
