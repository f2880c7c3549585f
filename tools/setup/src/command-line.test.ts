import { parseCommandLine } from './command-line.mjs';

describe('the command line', () => {
  it('is a command, for the demo unless told', () => {
    expect(parseCommandLine(['nx', 'serve', 'local-cloud'])).toEqual({
      purpose: 'demo',
      command: ['nx', 'serve', 'local-cloud'],
    });
  });

  it.each(['demo', 'test'])('says before the command what it is for: %s', (purpose) => {
    expect(parseCommandLine([`--for=${purpose}`, 'nx'])).toEqual({ purpose, command: ['nx'] });
  });

  it("leaves the command's own options alone", () => {
    expect(parseCommandLine(['node', '--for=test'])).toEqual({ purpose: 'demo', command: ['node', '--for=test'] });
  });

  it.each([[[]], [['--for=test']], [['--for=play', 'nx']], [['--for=', 'nx']]])(
    'is refused without a command: %j',
    (args) => {
      expect(() => parseCommandLine(args)).toThrow('expected [--for=demo|test|deploy] and a command');
    },
  );
});
