import type { Settings } from '@serverless-ops/settings';
import type { SynthesizedStack } from '../assembly/synthesized-stacks.ts';
import { logicalName } from '../assembly/template.ts';

/** Something in a template that must not be, unless there is a written reason for it. */
export interface Finding {
  /** App and resource, without CDK's hash: `job-watcher/WatcherRole`. */
  readonly where: string;
  readonly what: string;
}

/** A finding that stays, and why. */
export interface Exception extends Finding {
  /** What an auditor would be told. */
  readonly reason: string;
  /** Whether there is such a finding with these settings. @default there always is */
  readonly onlyIf?: (settings: Settings) => boolean;
}

/** Where a resource is, in a form that stays the same while CDK renames it. */
export function whereIs(stack: Pick<SynthesizedStack, 'app'>, logicalId: string): string {
  return `${stack.app}/${logicalName(logicalId)}`;
}
