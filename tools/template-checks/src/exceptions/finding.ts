import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { logicalName } from '../assembly/template.ts';

/** Something in a template that must not be, unless there is a written reason for it. */
export interface Finding {
  /** App and resource, without CDK's hash: `mysql-worker/TaskWatcherRole`. */
  readonly where: string;
  readonly what: string;
}

/** A finding that stays, and why. */
export interface Exception extends Finding {
  /** What an auditor would be told. */
  readonly reason: string;
  /**
   * The setting that brings the resource along, when others do without it: then it is no fault that the finding is gone.
   * @default the resource is always there
   */
  readonly onlyWith?: string;
}

/** Where a resource is, in a form that stays the same while CDK renames it. */
export function whereIs(stack: Pick<SynthesizedStack, 'app'>, logicalId: string): string {
  return `${stack.app}/${logicalName(logicalId)}`;
}
