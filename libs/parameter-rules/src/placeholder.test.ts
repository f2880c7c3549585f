import { isPlaceholder } from './index.ts';

describe('a placeholder', () => {
  it.each([
    'CHANGE_ME',
    'changeme',
    'change-me',
    'ChangeIt',
    'REPLACE_ME',
    'TODO',
    'mypassword',
    'XXX',
    'xxxxxxxx',
    '********',
    '<password>',
    ' CHANGE_ME ',
    ' ',
    'MyAuroraMySqlCluster.cluster-XXX.us-east-1.rds.amazonaws.com',
    'arn:aws:s3:::XXX',
  ])('is seen in "%s"', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each([
    'db.example.com',
    'dummy-dryrun',
    '3306',
    'classicmodels',
    'xx',
    'correct horse CHANGE_ME battery',
    'aXXXb',
    'mypassword1',
    'cluster-xxx.example.com',
    '<',
  ])('is not seen in "%s"', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});
