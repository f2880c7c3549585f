import { withDefiner } from '@serverless-ops/mysql-dump';
import { disableEvent } from './event-schedule.ts';
import type { RestorePlan } from './restore-plan.ts';

/** The plan with programs that belong to the account that restores. */
export function withoutDefiners(plan: RestorePlan): RestorePlan {
  return {
    ...plan,
    programs: plan.programs.map((program) => {
      const { definer: _, ...created } = program.created;
      return { ...program, created, create: withDefiner(program.create, 'strip') };
    }),
  };
}

/** The plan with events that are there, and never run. Before anything else that changes their statements. */
export function withoutRunningEvents(plan: RestorePlan): RestorePlan {
  return {
    ...plan,
    programs: plan.programs.map((program) => {
      const { schedule, ...created } = program.created;
      if (schedule === undefined) return program;
      return { ...program, created, create: disableEvent(program.create, schedule) };
    }),
  };
}
