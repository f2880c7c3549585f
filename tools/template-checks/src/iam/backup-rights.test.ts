import { stackWith } from '../testing/stack-with.ts';
import { backupRightProblems, readersOfBackups } from './backup-rights.ts';

const right = (...actions: string[]): { Statement: object[] } => ({
  Statement: [{ Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::backups/*' }],
});
const role = (...actions: string[]): object => ({
  Type: 'AWS::IAM::Role',
  Properties: { Policies: [{ PolicyDocument: right(...actions) }] },
});

describe('a role', () => {
  it('may store backups, and another may read them', () => {
    const stack = stackWith({ Resources: { Backup: role('s3:PutObject'), Restore: role('s3:GetObject') } });
    expect(backupRightProblems(stack)).toEqual([]);
    expect(readersOfBackups(stack)).toEqual(['app/Restore']);
  });

  it('that may do both is found, in whichever policies its rights are', () => {
    const Properties = { Roles: [{ Ref: 'Worker013F226A' }], PolicyDocument: right('s3:GetObject') };
    const stack = stackWith({
      Resources: { Worker013F226A: role('s3:PutObject'), More: { Type: 'AWS::IAM::Policy', Properties } },
    });
    expect(backupRightProblems(stack)).toEqual([{ where: 'app/Worker', what: 'may both store and read backups' }]);
  });

  it('that reads backups may store what lies beside one', () => {
    const Resource = ['arn:aws:s3:::backups/*/drill.json'];
    const store = { Effect: 'Allow', Action: 's3:PutObject', Resource };
    const stack = stackWith({
      Resources: {
        Verify: {
          Type: 'AWS::IAM::Role',
          Properties: { Policies: [{ PolicyDocument: { Statement: [...right('s3:GetObject').Statement, store] } }] },
        },
      },
    });
    expect(backupRightProblems(stack)).toEqual([]);
  });

  it.each([
    ['s3:DeleteObject'],
    ['s3:DeleteObjectVersion'],
    ['s3:PutLifecycleConfiguration'],
    ['s3:PutObjectRetention'],
  ])('that may %s is found', (action) => {
    const stack = stackWith({ Resources: { Worker: role('s3:PutObject', action) } });
    expect(backupRightProblems(stack)).toEqual([{ where: 'app/Worker', what: `may ${action}` }]);
  });
});
