import type { Finding } from '../exceptions/finding.ts';
import { findingAt, type PolicyStatement } from './policy-statements.ts';

/**
 * A role is for one service, and for what that service does in this account: without `aws:SourceAccount` somebody else
 * could make the service use it (the "confused deputy").
 *
 * @param silentServices those that do not say which account they act for
 */
export function trustProblems(
  statement: PolicyStatement,
  silentServices: Readonly<Record<string, string>> = {},
): Finding[] {
  if (statement.kind !== 'trust' || statement.effect === 'Deny') return [];
  const { actions, condition } = statement;
  const services = trusted(statement);
  const [service = 'nobody'] = services;
  const name = service.replace(/^Service /, '');
  const problems: string[] = [];
  if (services.length !== 1 || !service.startsWith('Service ')) problems.push(`trusts ${services.join(', ')}`);
  if (actions.join() !== 'sts:AssumeRole') problems.push(`is taken on by ${actions.join(', ')}`);
  if (!(name in silentServices) && !isThisAccount(condition['StringEquals']?.['aws:SourceAccount'])) {
    problems.push(`trusts ${name} whatever account it acts for`);
  }
  return problems.map((problem) => findingAt(statement, problem));
}

/** Who may take on a role, with the kind of principal before its name: `Service lambda.amazonaws.com`. */
export function trusted({ kind, principal }: PolicyStatement): string[] {
  if (kind !== 'trust') return [];
  return Object.entries((principal ?? {}) as Record<string, unknown>).flatMap(([type, names]) =>
    [names].flat().map((name) => `${type} ${String(name)}`),
  );
}

function isThisAccount(value: unknown): boolean {
  return typeof value === 'string' && /^(\$\{AWS::AccountId\}|\d{12})$/.test(value);
}
