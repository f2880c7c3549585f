import { checkedSettings } from '../assembly/checked-settings.ts';
import { synthesizedStacks } from '../assembly/synthesized-stacks.ts';
import { compareWithExceptions, NOTHING_LEFT } from '../exceptions/compare-with-exceptions.ts';
import { attachedProblems } from './attached-problems.ts';
import { backupRightProblems, readersOfBackups } from './backup-rights.ts';
import { IAM_EXCEPTIONS, READERS_OF_BACKUPS, SERVICES_WITHOUT_SOURCE_ACCOUNT } from './iam-exceptions.ts';
import { invocationProblems } from './invocation-problems.ts';
import { policyStatements } from './policy-statements.ts';
import { statementProblems } from './statement-problems.ts';
import { trusted, trustProblems } from './trust-problems.ts';
import { actionsOnEverything, wildcardResourceProblems } from './wildcard-resource-problems.ts';
import { WILDCARD_RESOURCES } from './wildcard-resources.ts';

const stacks = synthesizedStacks();
const statements = stacks.flatMap(policyStatements);

describe('every statement of every policy', () => {
  it('is seen: each stack with roles has statements of what they may do and who takes them on', () => {
    expect([...new Set(statements.map(({ kind }) => kind))].sort()).toEqual(['identity', 'resource', 'trust']);
  });

  it('names what it allows, to whom, and for this account alone, but for written reasons', () => {
    const findings = [
      ...statements.flatMap((statement) => [
        ...statementProblems(statement),
        ...trustProblems(statement, SERVICES_WITHOUT_SOURCE_ACCOUNT),
      ]),
      ...stacks.flatMap((stack) => [...attachedProblems(stack), ...invocationProblems(stack)]),
    ];
    expect(compareWithExceptions(findings, IAM_EXCEPTIONS, checkedSettings())).toEqual(NOTHING_LEFT);
  });

  it('is on every resource only where AWS knows no other way', () => {
    expect(statements.flatMap((statement) => wildcardResourceProblems(statement, WILDCARD_RESOURCES))).toEqual([]);
  });

  it('needs each of these ways, and each service that does not say which account it acts for', () => {
    const actions = new Set(statements.flatMap(actionsOnEverything));
    const services = new Set(statements.flatMap(trusted).map((principal) => principal.replace('Service ', '')));
    expect(Object.keys(WILDCARD_RESOURCES).filter((action) => !actions.has(action))).toEqual([]);
    expect(Object.keys(SERVICES_WITHOUT_SOURCE_ACCOUNT).filter((service) => !services.has(service))).toEqual([]);
  });
});

describe('a backup', () => {
  it('is read by no role that stores any, and deleted by that of prunes alone, which can delete no version', () => {
    expect(stacks.flatMap(backupRightProblems)).toEqual([
      { where: 'mysql-worker/PruneRole', what: 'may s3:DeleteObject' },
    ]);
  });

  it('is read by these roles alone', () => {
    expect(stacks.flatMap(readersOfBackups)).toEqual(READERS_OF_BACKUPS);
  });
});
