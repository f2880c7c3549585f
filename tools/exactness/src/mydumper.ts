import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DumpTool } from './dump-tool.ts';
import { runProgram } from './run-program.ts';

/** Both report errors on standard error, and some of them with exit code 0. */
const COMPLAINT = /\*\* \(my(dumper|loader):\d+\): CRITICAL/;

/** MyDumper and myloader of Debian. */
export const MYDUMPER: DumpTool = {
  name: 'mydumper 0.10',
  fits: () => true,
  async dump(server, database) {
    const login = [
      ...['--host', server.host, '--port', String(server.port)],
      ...['--user', 'root', '--password', server.rootPassword, '--threads', '2'],
    ];
    const folder = await mkdtemp(join(tmpdir(), 'serverless-ops-mydumper-'));
    const whole = ['--triggers', '--events', '--routines', '--trx-consistency-only', '--build-empty-files'];
    const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
    await runProgram('mydumper', [...login, ...whole, '--database', database, '--outputdir', folder], {
      complaint: COMPLAINT,
    }).catch(async (error: unknown) => {
      await discard();
      throw error;
    });
    const load = async (...into: string[]): Promise<void> => {
      await runProgram('myloader', [...login, '--directory', folder, ...into], { complaint: COMPLAINT });
    };
    return {
      named: [],
      discard,
      restore: () => load(),
      restoreAs: (target) => load('--source-db', database, '--database', target),
    };
  },
};
