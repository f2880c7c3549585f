import { join } from 'node:path';
import { startOps, type OpsAtWork } from './testing/ops-at-work.ts';

const SECRET = 'corr3ct-h0rse';

/** Nothing here gets as far as AWS. */
const NOWHERE = { endpoint: 'http://127.0.0.1:9', region: 'eu-central-1' };

let ops: OpsAtWork;
beforeEach(() => (ops = startOps(NOWHERE, '')));
afterEach(() => ops.finish());

describe('help', () => {
  it.each([[['--help']], [['params', '--help']], [['params', 'push', '--help']], [['help', 'params']]])(
    'for %j is said, and all is well',
    async (words) => {
      const { exitCode, said, complained } = await ops.run(words);

      expect(exitCode).toBe(0);
      expect(said).toContain('Usage: ops');
      expect(said).toContain('--settings <file>');
      expect(complained).toBe('');
    },
  );

  it('says that a check does not see the values of secrets', async () => {
    const { said } = await ops.run(['params', 'check', '--help']);

    expect(said.replaceAll(/\s+/g, ' ')).toContain(
      'It does not decrypt secrets, so it needs no right on the key, and does not check their values.',
    );
  });
});

describe('bad usage ends with 2, and says what is wrong:', () => {
  it.each([
    [['prams'], "error: unknown command 'prams'\n(Did you mean params?)"],
    [['params', 'lst'], "error: unknown command 'lst'\n(Did you mean list?)"],
    [['params', 'list', '--jsn'], "error: unknown option '--jsn'\n(Did you mean --json?)"],
    [['params', 'list', 'a', 'b', 'c'], "error: too many arguments for 'list'"],
    [['params', 'push', 'shop'], "error: missing required argument 'db_env'"],
    [['params', 'list', 'shop/prod'], 'The name of a database has 1 to 64 letters, digits and "_", "-", "."'],
    [['params', 'push', 'a b', 'c d'], '2 problems:\n  The name of a database'],
    [['params', 'push', 'a', 'b', '--user', ''], 'The name of an account has 1 to 80 characters'],
    [['params', 'push', 'a', 'b', '--user', 'mysql.sys'], 'The name of the account belongs to the server itself; do'],
    [
      ['params', 'push', 'a', 'b', '--user', 'mary '],
      'The name of the account begins or ends with a space, which servers',
    ],
    [['params', 'push', 'a', 'b', '--user', "'mary'"], 'The name of the account is in quotes, which servers remove'],
    [['params', 'push', 'a', 'b', '--user', 'm🙂'], 'The name of the account has a character that no name on a server'],
    [['params', 'push', 'a', 'b', '--user', 'mary', '--admin'], 'Choose --admin or --user, not both.'],
    [['params', 'list', '--settings', 'no.yml'], 'ops cannot read the settings: '],
    [['params', 'list', '--settings', join(import.meta.dirname, '../package.json')], 'cannot be used.'],
  ])('%j', async (words, problem) => {
    const { exitCode, said, complained } = await ops.run(words);

    expect(exitCode).toBe(2);
    expect(complained).toContain(problem);
    expect(said).toBe('');
  });

  it('no command at all', async () => {
    const { exitCode, complained } = await ops.run([]);

    expect(exitCode).toBe(2);
    expect(complained).toContain('Usage: ops');
  });
});

describe('what is long is not repeated in full:', () => {
  const LONG = 'x'.repeat(300_000);

  it.each([
    ['a command', [LONG]],
    ['a command of params', ['params', LONG]],
    ['an option', ['params', 'list', `--${LONG}`]],
    ['a database', ['params', 'list', LONG]],
    ['a quoted database', ['params', 'list', `'${LONG}'`]],
    ['a parameter', ['params', 'push', 'shop', 'prod', LONG]],
    ['an account', ['params', 'push', 'shop', 'prod', '--user', LONG]],
    ['a variable', ['params', 'push', 'shop', 'prod', '--from-env', LONG]],
    ['a registration', ['params', 'push', 'shop', 'prod', '--user', 'mary', '--register', LONG]],
    ['a settings file', ['params', 'list', '--settings', LONG]],
  ])('%s', async (_what, words) => {
    const { exitCode, complained } = await ops.run(words);

    expect(exitCode).toBe(2);
    expect(complained.length).toBeLessThan(1000);
  });
});

describe('a secret among the arguments is refused, and not repeated:', () => {
  it.each([
    [['push', 'shop', 'prod', `db_pass=${SECRET}`], 'ops takes no value as an argument'],
    [['push', 'shop', 'prod', `--db_pass=${SECRET}`], "unknown option '--db_pass=…'"],
    [['push', 'shop', 'prod', '--db_pass', SECRET], "unknown option '--db_pass'"],
    [['push', 'shop', 'prod', `-p${SECRET}`], "unknown option '-p…'"],
    [['push', 'shop', 'prod', 'db_pass', SECRET], 'Name 2 is no parameter of this group.'],
    [['push', 'shop', 'prod', '--from-env', `db_pass=${SECRET}`], 'takes the name of a variable, never a value'],
    [['push', 'shop', 'prod', '--from-env', SECRET], '--from-env takes PARAMETER=VARIABLE'],
    [['push', 'shop', 'prod', '--from-env', `${SECRET}=db_pass`], 'Name 1 is no parameter of this group.'],
    [['list', `db_pass=${SECRET}`], 'ops takes no value as an argument'],
    [[`db_pass=${SECRET}`], "unknown command 'db_pass=…'"],
  ])('%j', async (words, problem) => {
    const outcome = await ops.run(['params', ...words]);

    expect(outcome.exitCode).toBe(2);
    expect(outcome.complained).toContain(problem);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  });
});
