import { parseSettings } from '@serverless-ops/settings';
import { settingsPlaceholders } from './settings-placeholders.ts';

function readable(settings: string, text: string): string {
  return Object.entries(settingsPlaceholders(parseSettings(settings))).reduce(
    (result, [from, to]) => result.replaceAll(from, to),
    text,
  );
}

describe('a finding', () => {
  it.each([
    ['', 'arn:aws:s3:::serverlessops-backups-<AWS::AccountId>-<AWS::Region>/backups/*'],
    [
      'global: {account: "111111111111", region: eu-west-1}',
      'arn:aws:s3:::serverlessops-backups-111111111111-eu-west-1/backups/*',
    ],
    ['backups: {bucket: company, path: a/b}', 'arn:aws:s3:::company/a/b/*'],
    [
      'parameters: {databases: {a: {b: {db_host: h, db_user: u, s3_bucket: other, s3_path: c}}}}',
      'arn:aws:s3:::other/c/*',
    ],
  ])('of backups is the same, whatever the settings: %s', (settings, text) => {
    expect(readable(settings, text)).toBe('arn:aws:s3:::<folder of backups>/*');
  });

  it('is not confused with the same name elsewhere', () => {
    const settings = 'global: {name_prefix: ops, parameter_prefix: /ops}';
    expect(readable(settings, 'arn:aws:ssm:eu-west-1:1:parameter/ops/databases/*')).toBe(
      'arn:aws:ssm:eu-west-1:1:parameter<parameter_prefix>/databases/*',
    );
    expect(readable(settings, 'arn:aws:ecs:eu-west-1:1:task/ops/*')).toBe('arn:aws:ecs:eu-west-1:1:task/<cluster>/*');
    expect(readable(settings, 'execution:ops-password:*')).toBe('execution:<name_prefix>-password:*');
  });
});
