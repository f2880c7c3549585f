import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { DATABASE_FLAVORS, type DatabaseServer } from '@serverless-ops/test-servers';
import type { ChangeRequest } from '../change-request.ts';
import { changeRequest, PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';
import type { MortalChange } from '../testing/mortal-change.ts';
import { accountLockName } from './account-lock.ts';
import { isHashOf } from './password-hash.ts';

const AT_EVERY_STEP_MS = 300_000;
const LOOK_EVERY_MS = 10;
const NEVER = -1;

/** Where the settings of the database are that a request of the bench is for. */
const DATABASE = '/ops/databases/shop/demo';

const folder = mkdtempSync(join(tmpdir(), 'serverless-ops-mortal-'));
const program = join(folder, 'mortal-change.mjs');

beforeAll(() => {
  const root = join(__dirname, '../../../..');
  const entry = join(__dirname, '../testing/mortal-change.ts');
  const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
  const options = ['--bundle', '--platform=node', '--format=esm', '--target=node24', '--main-fields=module,main'];
  const args = [entry, ...options, `--banner:js=${banner}`, `--outfile=${program}`, '--log-level=error'];
  execFileSync(join(root, 'node_modules/.bin/esbuild'), args, { cwd: root });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a change is asked for, and what is there before. */
interface Story {
  readonly title: string;
  readonly request: Partial<ChangeRequest>;
  readonly exists: boolean;
  /** What `password` holds: the password before, and in the old way of giving one, the one that it is to become. */
  readonly stored: readonly string[];
  /** What operations gives as `new_password`. */
  readonly given?: string;
  /** Hosts of further accounts of the name. */
  readonly otherHosts?: readonly string[];
  /** Jobs back up with the account, so that `db_pass` holds its password, too. */
  readonly backsUp?: boolean;
  readonly expected: { changed: boolean; created: boolean };
  /** Steps without which the story would not be told. */
  readonly mustHave: readonly string[];
}

const create = { create_if_missing: true, grant: 'GRANT ALL PRIVILEGES TO ' };
const SHARED_STEPS = ['GetParameters', 'login', 'SELECT GET_LOCK', 'PutParameter', 'SELECT RELEASE_LOCK'];

const STORIES: readonly Story[] = [
  {
    title: 'makes a new password for an account',
    request: {},
    exists: true,
    stored: ['Before-1'],
    expected: { changed: true, created: false },
    mustHave: [...SHARED_STEPS, 'ALTER USER', 'DeleteParameter'],
  },
  {
    title: 'makes an account and its password',
    request: create,
    exists: false,
    stored: [],
    expected: { changed: true, created: true },
    mustHave: [...SHARED_STEPS, 'CREATE USER', 'GRANT ALL', 'DeleteParameter'],
  },
  {
    title: 'promotes a given password',
    request: { generate: false },
    exists: true,
    stored: ['Before-1'],
    given: 'After-2',
    expected: { changed: true, created: false },
    mustHave: [...SHARED_STEPS, 'ALTER USER', 'DeleteParameter'],
  },
  {
    title: 'changes an account of several hosts, with which jobs back up',
    request: {},
    exists: true,
    stored: ['Before-1'],
    otherHosts: ['10.0.%', 'app1.example'],
    backsUp: true,
    expected: { changed: true, created: false },
    mustHave: [...SHARED_STEPS, 'ALTER USER', 'DeleteParameter'],
  },
  {
    title: 'gives an account the password that an operator has stored as password itself',
    request: { generate: false },
    exists: true,
    stored: ['Before-1', 'After-2'],
    expected: { changed: true, created: false },
    mustHave: [...SHARED_STEPS, 'ALTER USER'],
  },
];

for (const { flavor, start, isAvailable } of DATABASE_FLAVORS) {
  (isAvailable() ? describe : describe.skip)(`on ${flavor}, a function that is killed`, () => {
    let server: DatabaseServer;
    let accounts = 0;

    beforeAll(async () => {
      server = await start();
      await server.query('CREATE DATABASE shop');
    }, 120_000);
    afterAll(() => server.stop());

    /** An account and a Parameter Store that are only of this attempt. */
    async function arrange(story: Story): Promise<{ bench: ChangeBench; user: string; request: ChangeRequest }> {
      const bench = await startChangeBench(server);
      const user = `mary${String(accounts++)}`;
      for (const password of story.stored) bench.store.put(PARAMETERS.password, password);
      if (story.given !== undefined) bench.store.put(PARAMETERS.new_password, story.given);
      if (story.backsUp === true) {
        bench.store.put(`${DATABASE}/db_user`, user, 'String');
        bench.store.put(`${DATABASE}/db_pass`, 'Before-1');
      }
      const hosts = story.exists ? ['%', ...(story.otherHosts ?? [])] : [];
      for (const host of hosts) await server.query(`CREATE USER ${user}@'${host}' IDENTIFIED BY 'Before-1'`);
      const grant = story.request.grant == null ? null : `${story.request.grant}${user}`;
      return { bench, user, request: changeRequest(server.port, { ...story.request, db_user: user, grant }) };
    }

    async function stepsOf(story: Story): Promise<string[]> {
      const { bench, request } = await arrange(story);
      const [steps = []] = await run([{ bench, request, dieBefore: NEVER }]);
      await bench.stop();
      return steps;
    }

    /** Runs changes in a process that is killed; gives the steps that each of them took before. */
    async function run(changes: readonly { bench: ChangeBench; request: ChangeRequest; dieBefore: number }[]) {
      const input: MortalChange[] = changes.map(({ bench, ...change }) => ({
        ...change,
        clientConfig: bench.store.clientConfig,
      }));
      const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
      const exited = once(child, 'exit');
      child.stdin.end(JSON.stringify(input));
      const output = await text(child.stdout);
      await exited;
      expect(child.signalCode).toBe('SIGKILL');
      return JSON.parse(output) as string[][];
    }

    /** The server needs a moment to see that the client is gone. */
    async function lockIsFree(user: string): Promise<void> {
      const sql = `SELECT IS_USED_LOCK('${accountLockName(user)}') AS holder`;
      while ((await server.query(sql))[0]?.['holder'] !== null) await delay(LOOK_EVERY_MS);
    }

    async function hashesOf(user: string): Promise<{ present: string; retained: string | undefined } | undefined> {
      const [row] = await server.query(`SELECT * FROM mysql.user WHERE User = '${user}' AND Host = '%'`);
      if (row === undefined) return undefined;
      const attributes = row['User_attributes'] as { additional_password?: string } | null | undefined;
      return { present: String(row['authentication_string']), retained: attributes?.additional_password };
    }

    /** What is wrong when the function has died; nothing, when somebody can still log in. */
    async function problemAfterDeath(bench: ChangeBench, user: string, story: Story): Promise<string | undefined> {
      if ((await hashesOf(user)) === undefined) return undefined;
      const { store } = bench;
      const candidates = [
        // Given the old way, the one that works is the version before, until the job puts it back.
        ...store.values(PARAMETERS.password).slice(-story.stored.length),
        ...store.values(PARAMETERS.password_pending),
      ];
      for (const candidate of candidates) if ((await bench.logIn(candidate, user)) !== 'AccessDenied') return undefined;
      return 'no password in Parameter Store works';
    }

    /** What is wrong after the retry; nothing, when all is as if nothing had happened. */
    async function problemAfterRetry(
      bench: ChangeBench,
      user: string,
      known: ReadonlySet<string>,
      { mayLoseBefore }: { mayLoseBefore: boolean },
    ): Promise<string[]> {
      const { store } = bench;
      const password = store.get(PARAMETERS.password) ?? '';
      const { present = '', retained } = (await hashesOf(user)) ?? {};
      const problems = [];
      if ((await bench.logIn(password, user)) !== `${user}@%`) problems.push('the stored password does not work');
      if (!isHashOf(present, password)) problems.push('the stored password is not the present one');
      for (const { Host: host, authentication_string: hash } of await server.query(
        `SELECT Host, authentication_string FROM mysql.user WHERE User = '${user}'`,
      )) {
        if (!isHashOf(String(hash), password)) problems.push(`the account for ${String(host)} has another password`);
      }
      if (store.get(`${DATABASE}/db_pass`) !== (store.get(`${DATABASE}/db_user`) && password)) {
        problems.push('jobs that back up have another password');
      }
      for (const name of [PARAMETERS.password_pending, PARAMETERS.new_password]) {
        if (store.get(name) !== undefined) problems.push(`${name} is left behind`);
      }
      const isRetained = (other: string): boolean => retained !== undefined && isHashOf(retained, other);
      for (const other of known) {
        if (other === password) continue;
        const works = (await bench.logIn(other, user)) !== 'AccessDenied';
        if (works !== isRetained(other)) problems.push('another password works without being the retained one');
      }
      const isLost = known.has('Before-1') && password !== 'Before-1' && !isRetained('Before-1');
      if (flavor !== 'MariaDB' && isLost && !mayLoseBefore) problems.push('the password before is lost');
      return problems;
    }

    const JOBS = [
      ['the same job', 'job-1'],
      ['a new job', 'job-2'],
    ] as const;

    for (const story of STORIES) {
      test.each(JOBS)(
        `while it ${story.title}, before every step, leaves nothing that %s does not put right`,
        async (_, jobId) => {
          const steps = await stepsOf(story);
          expect(steps).toEqual(expect.arrayContaining([...story.mustHave]));

          const arranged = await Promise.all([...steps, 'the end'].map(() => arrange(story)));
          const attempts = arranged.map((scene, dieBefore) => ({ ...scene, dieBefore }));
          const taken = await run(attempts);
          const problems: string[] = [];
          for (const [index, { bench, user, request, dieBefore }] of attempts.entries()) {
            const known = new Set(story.stored);
            const remember = (): void => {
              for (const name of [PARAMETERS.password, PARAMETERS.new_password, PARAMETERS.password_pending]) {
                bench.store.values(name).forEach((value) => known.add(value));
              }
            };
            remember();
            await lockIsFree(user);
            const before = await problemAfterDeath(bench, user, story);
            const result = await bench.change({ ...request, job_id: jobId });
            remember();
            // From its record on the first job is done, and after its last write another one is one more change.
            const isRecorded = jobId === 'job-2' && dieBefore > steps.lastIndexOf('PutParameter');
            const isOver =
              isRecorded && dieBefore > steps.indexOf('DeleteParameter', steps.lastIndexOf('PutParameter'));
            const after = await problemAfterRetry(bench, user, known, { mayLoseBefore: isOver });
            const { changed, created } = result;
            if (!isRecorded && JSON.stringify({ changed, created }) !== JSON.stringify(story.expected)) {
              after.push(`it reports ${JSON.stringify({ changed, created })}`);
            }
            if (taken[index]?.length !== dieBefore) after.push('it did not die there');
            const where = `before step ${dieBefore} (${steps[dieBefore] ?? 'the end'})`;
            problems.push(...[before, ...after].filter((one) => one !== undefined).map((one) => `${where}: ${one}`));
            await bench.stop();
          }

          expect(problems).toEqual([]);
        },
        AT_EVERY_STEP_MS,
      );
    }
  });
}
