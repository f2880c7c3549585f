import { demandFailure } from './demand-failure.ts';
import { ReaderTerminal } from './reader-terminal.ts';

let terminal: ReaderTerminal;

beforeEach(() => {
  terminal = new ReaderTerminal({
    folder: '/',
    environment: { PATH: '/usr/bin:/bin' },
    answers: { db_user: 'backup' },
  });
});
afterEach(() => terminal.close());

describe("a reader's terminal", () => {
  it('keeps variables, functions and the folder from one block to the next', async () => {
    const outcomes = [
      await terminal.paste('NAME=demo; cd /tmp; greet() { [ "$1" = demo ]; }\n'),
      await terminal.paste('greet "$NAME" && [ "$PWD" = /tmp ]\n'),
    ];

    expect(outcomes).toEqual([undefined, undefined]);
  });

  it('shows what a block printed that failed', async () => {
    expect(await terminal.paste('echo before\nls /no/such/folder\necho after\n')).toMatch(
      /^before\nls: .*No such file or directory\n$/,
    );
  });

  it.each(['false | cat', 'echo "$NOT_SET"', 'X=$(false)'])('takes for a failure: %s', async (block) => {
    expect(await terminal.paste(`${block}\n`)).toBeDefined();
  });

  it('answers the questions that it has answers for, and gives up at others', async () => {
    const asked = await terminal.paste('read -r -p "db_user (for backups): " NAME\n[ "$NAME" = backup ]\n');
    const gaveUp = await terminal.paste('read -r -p "db_host: " NAME\n');

    expect(asked).toBeUndefined();
    expect(gaveUp).toContain('db_host: ');
  });

  it('goes on after a block that has to fail and does, and ends after one that works', async () => {
    const failed = await terminal.paste(demandFailure('false\necho after'));
    const worked = await terminal.paste(demandFailure('echo here'));

    expect(failed).toBeUndefined();
    expect(worked).toContain('The block works here: it needs no mark.');
  });
});
