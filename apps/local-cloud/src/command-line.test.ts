import { parseCommandLine } from './command-line.ts';

const EXISTING = ['--bucket', 'b', '--bucket', 'c', '--cluster', 'shared'];

describe('parseCommandLine', () => {
  it('takes folders, on port 4566 unless another is given', () => {
    expect(parseCommandLine(['a/cdk.out', 'b/cdk.out'])).toEqual({
      port: 4566,
      json: false,
      retryIntervalMs: undefined,
      keepFolder: undefined,
      existing: { buckets: [], clusters: [] },
      assemblies: ['a/cdk.out', 'b/cdk.out'],
    });
    expect(
      parseCommandLine(['--port', '0', '--json', '--retry-interval-ms', '50', '--keep', 'kept', ...EXISTING, 'a']),
    ).toEqual({
      port: 0,
      json: true,
      retryIntervalMs: 50,
      keepFolder: 'kept',
      existing: { buckets: ['b', 'c'], clusters: ['shared'] },
      assemblies: ['a'],
    });
  });

  it.each([
    [[], 'No folder was given.'],
    [['--port', 'x', 'a'], '--port x is no port number.'],
    [['--port', '70000', 'a'], '--port 70000 is no port number.'],
    [['--retry-interval-ms', '1s', 'a'], '--retry-interval-ms 1s is no number of milliseconds.'],
    [['--verbose', 'a'], "Unknown option '--verbose'."],
  ])('refuses %j and says how it is called', (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(message);
    expect(() => parseCommandLine(words)).toThrow(
      'Usage: local-cloud [--port N] [--json] [--keep DIR] [--bucket NAME]... [--cluster NAME]... [--retry',
    );
  });
});
