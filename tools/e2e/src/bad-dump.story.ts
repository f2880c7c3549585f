import { Stage } from './stage.ts';
import { workerWithScripts, type WorkerWithScripts } from './worker-with-scripts.ts';

const CLOSING_LINE = 'echo "-- Dump completed on 2026-11-22  2:00:00"';

/** Dumps that must not become a backup, each a db_backup.sh of its own. */
const badDumps = [
  { what: 'writes nothing', script: 'exit 0', cause: /wrote nothing/ },
  {
    what: 'ends well without its closing line',
    script: 'echo "CREATE TABLE `a` (x int);"',
    cause: /without its closing line/,
  },
  { what: 'writes its closing line and then fails', script: `${CLOSING_LINE}; exit 6`, cause: /exit code 6/ },
  { what: 'hides the death of its tool in a pipe', script: 'sh -c "kill -9 \\$\\$" | cat', cause: /wrote nothing/ },
  {
    what: 'floods standard error and fails',
    script:
      'for i in $(seq 50000); do echo "row $i could not be read, and here is a long line about it" >&2; done; exit 3',
    cause: /exit code 3.*row 50000/s,
  },
  {
    what: 'is cut off after more than one part of an upload',
    script: 'head -c 40000000 /dev/urandom; kill -9 $$',
    cause: /signal SIGKILL/,
  },
];

/** The database that a dump is of says which of the scripts plays. */
const databaseOf = (script: string): string => `bad_dump_${badDumps.findIndex((dump) => dump.script === script)}`;
const PLAYBILL = badDumps.map(({ script }) => `${databaseOf(script)}) ${script} ;;`).join('\n');

let worker: WorkerWithScripts;
let stage: Stage;

beforeAll(async () => {
  worker = await workerWithScripts({ 'db_backup.sh': `case "$1" in\n${PLAYBILL}\nesac` });
  stage = await Stage.open({ rows: 500, cloud: { assemblies: worker.assemblies } });
});

afterAll(async () => {
  try {
    await stage.close();
  } finally {
    await worker.remove();
  }
});

describe('a dump', () => {
  it.each(badDumps)('that $what fails as DumpFailed and leaves nothing behind', async ({ script, cause }) => {
    const database = databaseOf(script);
    await stage.server.query(`CREATE DATABASE ${database}`);
    await stage.fileDatabase({ db_name: database, db_user: 'root', db_pass: stage.server.rootPassword });
    const id = await stage.orderBackup({ engine: 'script' });
    const execution = await stage.ended(id);
    expect([execution.status, execution.error]).toEqual(['FAILED', 'DumpFailed']);
    expect(execution.cause).toMatch(cause);
    expect(execution.cause?.length).toBeLessThan(4_000);
    expect(await stage.objects()).toEqual([]);
    expect(await stage.openUploads()).toEqual([]);
    expect(await stage.notifiedOnce(id)).toContain('DumpFailed');
  });
});
