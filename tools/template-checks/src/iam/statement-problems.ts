import type { Finding } from '../exceptions/finding.ts';
import { findingAt, type PolicyStatement } from './policy-statements.ts';

const PASSED_TO_SERVICE = 'iam:PassedToService';

/** What no statement of any policy may do: give more than it names. */
export function statementProblems(statement: PolicyStatement): Finding[] {
  const { effect, negations, actions, resources, kind } = statement;
  const problems = negations.map((negation) => `${negation} gives everything but what it names`);
  // What is denied may be denied widely.
  if (effect !== 'Deny') {
    problems.push(...actions.filter((action) => action.includes('*')).map((action) => `allows ${action}`));
    if (kind !== 'trust' && actions.length === 0) problems.push('names no action');
    if (kind === 'identity' && resources.length === 0) problems.push('names no resource');
    problems.push(...passRoleProblems(statement), ...publicProblems(statement));
  }
  return problems.map((problem) => findingAt(statement, problem));
}

/** Who may pass any role to any service has the rights of every role there is. */
function passRoleProblems({ actions, resources, condition }: PolicyStatement): string[] {
  if (!actions.some((action) => action.toLowerCase() === 'iam:passrole')) return [];
  const services = [condition['StringEquals']?.[PASSED_TO_SERVICE] ?? []].flat();
  return [
    ...(services.length === 1 ? [] : [`iam:PassRole without one service in ${PASSED_TO_SERVICE}`]),
    ...resources.filter((resource) => resource.includes('*')).map((resource) => `iam:PassRole on ${resource}`),
  ];
}

function publicProblems({ kind, principal, resources, type }: PolicyStatement): string[] {
  if (kind === 'identity') return [];
  const everybody = JSON.stringify(principal ?? null).includes('"*"');
  // In the policy of a key, and only there, "*" is the key itself.
  const everything = kind === 'resource' && type !== 'AWS::KMS::Key' && resources.includes('*');
  return [...(everybody ? ['allows everybody'] : []), ...(everything ? ['is a resource policy on "*"'] : [])];
}
