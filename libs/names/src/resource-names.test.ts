import { backupBucketName, JOB_ID_PATTERN, resourceNames } from './resource-names.ts';

describe('resource names', () => {
  it('all carry the prefix, so that two installations can share an account', () => {
    const texts = JSON.stringify(resourceNames('acme')).match(/:"[^"]+"/g) ?? [];
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => !text.includes('acme'))).toEqual([]);
  });

  it('give a bucket a name that is unique in all of AWS', () => {
    expect(backupBucketName('acme', '111111111111', 'eu-west-1')).toBe('acme-backups-111111111111-eu-west-1');
  });
});

describe('a job id', () => {
  it.each([
    ['db_backup-8f14e45f-ceea-467f-a0e6-0f6b2b6f4c3a', true],
    ['', false],
    ['a'.repeat(81), false],
    ['x","stateMachineArn":"y', false],
    ['arn:aws:states:us-east-1:1:execution:m:x', false],
  ])('%j is one: %s', (id, expected) => {
    expect(new RegExp(JOB_ID_PATTERN).test(id)).toBe(expected);
  });
});
