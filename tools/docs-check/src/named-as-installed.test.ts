import { namedAsInstalled } from './named-as-installed.ts';

const shipped = { namePrefix: 'serverlessops', parameterPrefix: '/serverlessops', backups: { path: 'backups' } };
const edited = { namePrefix: 'acme', parameterPrefix: '/ops/prod', backups: { path: 'nightly' } };

const COMMANDS = [
  ['aws logs tail /serverlessops/mysql-worker --follow', 'aws logs tail /acme/mysql-worker --follow'],
  [
    'aws ssm get-parameters-by-path --path /serverlessops --recursive',
    'aws ssm get-parameters-by-path --path /ops/prod --recursive',
  ],
  ['--name /serverlessops/database_users/a/b/password', '--name /ops/prod/database_users/a/b/password'],
  ['--stack-name "serverlessops-$1" --cluster serverlessops', '--stack-name "acme-$1" --cluster acme'],
  ['s3://$BUCKET/backups/classicmodels/demo/', 's3://$BUCKET/nightly/classicmodels/demo/'],
] as const;

describe('a command of a page', () => {
  it.each(COMMANDS)('names what an edited settings.yml names: %s', (command, typed) => {
    expect(namedAsInstalled(command, edited)).toBe(typed);
  });

  it.each(COMMANDS)('stays as it is with the shipped settings.yml: %s', (command) => {
    expect(namedAsInstalled(command, shipped)).toBe(command);
  });
});
