import { parseCommandLine } from './command-line.ts';

describe('the command line', () => {
  it.each([
    [['changed'], { verb: 'changed', bootstrap: false }],
    [['changed', '--bootstrap'], { verb: 'changed', bootstrap: true }],
    [
      ['destroy', 'infra', 'apps/infra', '--force'],
      { verb: 'destroy', project: 'infra', projectRoot: 'apps/infra', args: ['--force'] },
    ],
  ])('%j', (args, expected) => {
    expect(parseCommandLine(args)).toEqual(expected);
  });

  it.each([[[]], [['deploy']], [['deploy', 'infra']], [['undeploy', 'infra', 'apps/infra']], [['changed', '--all']]])(
    '%j is answered with how it is used',
    (args) => {
      expect(() => parseCommandLine(args)).toThrow('Usage: main.ts changed [--bootstrap] |');
    },
  );
});
