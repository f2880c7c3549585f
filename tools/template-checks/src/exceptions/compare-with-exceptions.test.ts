import { parseSettings, type Settings } from '@serverless-ops/settings';
import { compareWithExceptions } from './compare-with-exceptions.ts';

const finding = { where: 'infra/Bucket', what: 'has no lock' };
const exception = { ...finding, reason: 'It is empty' };
const settings = parseSettings('backups: {bucket: create}');

describe('a finding', () => {
  it('passes with a reason for this very finding at this very resource', () => {
    expect(compareWithExceptions([finding], [exception], settings)).toEqual({ unexplained: [], unused: [] });
  });

  it.each([
    ['another resource', { ...finding, where: 'infra/OtherBucket' }, 'infra/OtherBucket: has no lock'],
    ['another finding', { ...finding, what: 'is public' }, 'infra/Bucket: is public'],
  ])('does not pass with a reason for %s', (_, other, line) => {
    expect(compareWithExceptions([finding, other], [exception], settings)).toEqual({ unexplained: [line], unused: [] });
  });
});

describe('a reason', () => {
  it('is refused when its finding is gone', () => {
    expect(compareWithExceptions([], [exception], settings)).toEqual({
      unexplained: [],
      unused: ['infra/Bucket: has no lock'],
    });
  });

  it('counts only with the settings that bring its finding along', () => {
    const forOthers = { ...exception, onlyIf: ({ backups }: Settings) => backups.bucketName !== undefined };
    const givenBucket = parseSettings('backups: {bucket: company-backups}');

    expect(compareWithExceptions([], [forOthers], settings)).toEqual({ unexplained: [], unused: [] });
    expect(compareWithExceptions([], [forOthers], givenBucket).unused).toEqual(['infra/Bucket: has no lock']);
    expect(compareWithExceptions([finding], [forOthers], settings).unexplained).toEqual(['infra/Bucket: has no lock']);
  });
});
