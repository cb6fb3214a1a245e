import type { TaskStatus } from './task.ts';

/** What is done with a task: when the gateway begins, when somebody asks, when the recorder or the analysis tells something. Pure. */

export interface Standing {
  readonly status: TaskStatus;
  readonly wanted: boolean;
}

/** After a restart. */
export type ResumePlan =
  /** Watched again; `begun`: it was being recorded. */
  | { readonly do: 'watch'; readonly begun: boolean }
  /** It was to be listened to, and was not yet. */
  | { readonly do: 'listen' }
  | { readonly do: 'nothing' };

export function resumePlan({ status, wanted }: Standing): ResumePlan {
  switch (status) {
    case 'listening':
      return { do: 'watch', begun: false };
    case 'recording':
      return { do: 'watch', begun: true };
    case 'pending':
    case 'completed':
    case 'failed':
      return { do: wanted ? 'listen' : 'nothing' };
    case 'processing':
      return { do: 'nothing' };
  }
}

/** Somebody asks that it be listened to. */
export type ListenPlan = 'listen' | 'already' | 'after-analysis';

export const listenPlan = ({ status }: Pick<Standing, 'status'>): ListenPlan =>
  status === 'processing' ? 'after-analysis' : status === 'listening' || status === 'recording' ? 'already' : 'listen';

/** Somebody asks that it be listened to no more. `kept`: something of it is recorded. */
export type StopPlan = 'pending' | 'analyse' | 'nothing';

export function stopPlan({ status }: Pick<Standing, 'status'>, kept: boolean): StopPlan {
  if (status === 'recording') return kept ? 'analyse' : 'pending';
  return status === 'listening' ? 'pending' : 'nothing';
}

/** The recorder says that a broadcast is over. */
export type EndPlan = 'analyse' | 'listen' | 'later' | 'nothing';

export function endPlan({ status }: Pick<Standing, 'status'>, nothing: boolean): EndPlan {
  // Analysed already: what came since is analysed after that.
  if (status === 'processing') return nothing ? 'nothing' : 'later';
  if (status !== 'recording' && status !== 'listening') return 'nothing';
  return nothing ? 'listen' : 'analyse';
}
