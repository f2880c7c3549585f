import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** A process that does nothing but run the command. */
function start(...command: string[]) {
  const program = `
    import { runCommand } from '${import.meta.dirname}/run-command.mjs';
    runCommand(${JSON.stringify(command)}, '${import.meta.dirname}');`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'pipe' });
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  return { child, ended };
}

describe('the command', () => {
  it("finds the workspace's programs first, and servers too", async () => {
    const { child, ended } = start('sh', '-c', 'echo "$PATH"');

    const [path] = await Promise.all([text(child.stdout), ended]);

    expect(path.startsWith(`${import.meta.dirname}/node_modules/.bin:`)).toBe(true);
    expect(path.trimEnd().endsWith(':/usr/sbin:/usr/local/sbin')).toBe(true);
  });

  it('passes its exit code on', async () => {
    await expect(start('sh', '-c', 'exit 7').ended).resolves.toEqual([7, null]);
  });

  it('passes on the signal that it ended by', async () => {
    await expect(start('sh', '-c', 'kill -TERM $$').ended).resolves.toEqual([null, 'SIGTERM']);
  });

  it.each<NodeJS.Signals>(['SIGINT', 'SIGTERM', 'SIGHUP'])('receives %s, and ends in its own way', async (signal) => {
    const program = `process.on('${signal}', () => process.exit(3)); setInterval(() => {}, 1000); console.log('ready')`;
    const { child, ended } = start(process.execPath, '--eval', program);

    await once(child.stdout, 'data');
    child.kill(signal);

    await expect(ended).resolves.toEqual([3, null]);
  });

  it('is named when it does not exist', async () => {
    const { child, ended } = start('no-such-program');

    const [said, [code]] = await Promise.all([text(child.stderr), ended]);

    expect(said).toBe('with-everything: no-such-program could not be started: spawn no-such-program ENOENT\n');
    expect(code).toBe(127);
  });
});
