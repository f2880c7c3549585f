import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nagFindings } from './nag-findings.ts';

describe('AwsSolutions, held against a template', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nag-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function findingsIn(resources: object): string[] {
    const templateFile = join(folder, 'template.json');
    writeFileSync(templateFile, JSON.stringify({ Resources: resources }));
    return nagFindings({ app: 'app', templateFile }, { acme: '<name_prefix>' }).map(
      ({ where, what }) => `${where}: ${what}`,
    );
  }

  it('names the rule and the resource, without the hash of its logical id', () => {
    const Bucket26B8E51C = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plain' } };
    expect(findingsIn({ Bucket26B8E51C })).toEqual(['app/Bucket: S1', 'app/Bucket: S10']);
  });

  it('says on which resource a wildcard is, with what follows from the settings left open', () => {
    const PolicyDocument = {
      Statement: [
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::acme-backups/*' },
        { Effect: 'Allow', Action: 'logs:*', Resource: { 'Fn::GetAtt': ['Logs908D536A', 'Arn'] } },
      ],
    };
    const Policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', Roles: ['r'], PolicyDocument } };
    const Logs908D536A = { Type: 'AWS::Logs::LogGroup', Properties: {} };
    expect(findingsIn({ Policy, Logs908D536A })).toEqual([
      'app/Policy: IAM5[Resource::arn:<AWS::Partition>:s3:::<name_prefix>-backups/*]',
      'app/Policy: IAM5[Action::logs:*]',
    ]);
  });

  it('lets nothing pass because a rule cannot be applied', () => {
    const Properties = { Runtime: { 'Fn::ImportValue': 'runtime' }, Code: {}, Role: 'r', Handler: 'h' };
    const Function = { Type: 'AWS::Lambda::Function', Properties };
    expect(findingsIn({ Function })).toEqual(['app/Function: L1 could not be checked']);
  });
});
