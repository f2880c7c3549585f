import {
  createRestoreUser,
  differences,
  exactFacts,
  startTcpProxy,
  type JobStatus,
} from '@serverless-ops/test-servers';
import { findProcesses } from './find-processes.ts';
import { DATABASE, Stage, until } from './stage.ts';

const RESTORER = { db_name: DATABASE.db_name, db_env: 'restorer', backup_db_env: DATABASE.db_env } as const;
const WHOLE = 'whole_copy';
const KILLED = 'killed_copy';

let stage: Stage;
let password: string;
let older: string;

beforeAll(async () => {
  stage = await Stage.open();
  password = await createRestoreUser(stage.server, [WHOLE, KILLED]);
  const backup = async (): Promise<string> => {
    const order = { job_name: 'db_backup', job_options: { ...DATABASE, definer: 'strip' } } as const;
    return (await stage.api.waitFor(await stage.api.order(order))).result?.backup_id ?? '';
  };
  older = await backup();
  await backup();
});

afterAll(() => stage.close());

/** The server as the restorer reaches it. */
async function reachBy(port: number): Promise<void> {
  await stage.fileDatabase({ db_port: String(port), db_user: 'restorer', db_pass: password }, RESTORER.db_env);
}

async function order(target: string): Promise<string> {
  const job_options = { ...RESTORER, backup_id: older, target_db_name: target, definer: 'strip' } as const;
  return stage.api.order({ job_name: 'db_restore', job_options });
}

async function prune(): Promise<JobStatus<{ kept_backups: string[] }>> {
  const job_options = { ...DATABASE, keep_daily: 1, dry_run: false };
  return stage.api.waitFor(await stage.api.order({ job_name: 'db_prune', job_options }));
}

/** What the server has said when all of a restore is done. */
async function bytesOfWholeRestore(): Promise<number> {
  await using proxy = await startTcpProxy({ targetPort: stage.server.port });
  await reachBy(proxy.port);
  expect((await stage.api.waitFor(await order(WHOLE))).state).toBe('SUCCEEDED');
  return proxy.bytesFromTarget();
}

it('a restore whose worker is killed half-way leaves a marked half, keeps its backup, and starts clean when ordered again', async () => {
  const halfWay = Math.floor((await bytesOfWholeRestore()) / 2);
  const proxy = await startTcpProxy({ targetPort: stage.server.port, freezeAfterBytes: halfWay });
  await reachBy(proxy.port);

  const id = await order(KILLED);
  await until('the restore is half-way', () => Promise.resolve(proxy.bytesFromTarget() >= halfWay || undefined));
  expect((await prune()).result?.kept_backups).toContain(`${older}: in use by ${id}`);
  for (const pid of await findProcesses(/main\.mjs/, stage.cloud.pid)) process.kill(pid, 'SIGKILL');
  const execution = await stage.ended(id);
  await proxy.close();

  expect([execution.status, execution.error]).toEqual(['FAILED', 'WorkerLost']);
  const marker = `SHOW TABLES FROM ${KILLED} LIKE 'serverlessops_restore_in_work'`;
  expect(await stage.server.query(marker)).toHaveLength(1);

  await reachBy(stage.server.port);
  const again = await stage.api.waitFor(await order(KILLED));

  expect([again.state, again.error]).toEqual(['SUCCEEDED', undefined]);
  const factsOf = (database: string): ReturnType<typeof exactFacts> => exactFacts({ server: stage.server, database });
  expect(differences(await factsOf(WHOLE), await factsOf(KILLED))).toEqual([]);
});
