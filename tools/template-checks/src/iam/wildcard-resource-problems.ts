import type { Finding } from '../exceptions/finding.ts';
import { findingAt, type PolicyStatement } from './policy-statements.ts';

/** `*`, or an ARN that says no more than the service; its other parts may be pseudo parameters. */
const EVERYTHING = /^(arn(:(\$\{AWS::\w+\}|[^:]*)){4}:)?\*$/;

/** An action on every resource. Wildcards inside of an ARN are cdk-nag's (IAM5). */
export function actionsOnEverything({ kind, effect, actions, resources }: PolicyStatement): readonly string[] {
  const onEverything = resources.some((resource) => EVERYTHING.test(resource));
  return kind === 'identity' && effect !== 'Deny' && onEverything ? actions : [];
}

/** Actions on every resource that are allowed nowhere, or not at this condition. */
export function wildcardResourceProblems(
  statement: PolicyStatement,
  allowed: Readonly<Record<string, WildcardResource>>,
): Finding[] {
  return actionsOnEverything(statement).flatMap((action) => {
    const exception = allowed[action];
    if (exception === undefined) return [findingAt(statement, `${action} on every resource`)];
    const { onlyWithCondition } = exception;
    return onlyWithCondition === undefined ||
      Object.values(statement.condition).some((keys) => onlyWithCondition in keys)
      ? []
      : [findingAt(statement, `${action} on every resource without a condition on ${onlyWithCondition}`)];
  });
}

/** Why an action is given on every resource. */
export interface WildcardResource {
  /** What AWS says: which resources and conditions the action knows. */
  readonly reason: string;
  /** The key of a condition that narrows it where a resource cannot. @default none can */
  readonly onlyWithCondition?: string;
}
