import { compareWithExceptions } from './compare-with-exceptions.ts';

const finding = { where: 'infra/Bucket', what: 'has no lock' };
const exception = { ...finding, reason: 'It is empty' };

describe('a finding', () => {
  it('passes with a reason for this very finding at this very resource', () => {
    expect(compareWithExceptions([finding], [exception])).toEqual({ unexplained: [], unused: [] });
  });

  it.each([
    ['another resource', { ...finding, where: 'infra/OtherBucket' }, 'infra/OtherBucket: has no lock'],
    ['another finding', { ...finding, what: 'is public' }, 'infra/Bucket: is public'],
  ])('does not pass with a reason for %s', (_, other, line) => {
    expect(compareWithExceptions([finding, other], [exception])).toEqual({ unexplained: [line], unused: [] });
  });
});

describe('a reason', () => {
  it('is refused when its finding is gone', () => {
    expect(compareWithExceptions([], [exception])).toEqual({ unexplained: [], unused: ['infra/Bucket: has no lock'] });
  });

  it('stays when its resource is there with some settings only', () => {
    const forOthers = { ...exception, onlyWith: 'backups.bucket: create' };
    expect(compareWithExceptions([], [forOthers])).toEqual({ unexplained: [], unused: [] });
  });
});
