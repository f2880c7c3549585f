import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  compareDatabases,
  createBackupUser,
  createSampleDatabase,
  debianMirror,
  mysqlAvailable,
  mysqlClientFolder,
  restoreDump,
  startMariadb,
  startMysql,
  startScriptedS3Server,
  startTcpProxy,
  type DatabaseServer,
  type TcpProxy,
} from '@serverless-ops/test-servers';
import { AS_SCRIPT_TASK, backupOf, BUCKET, DATABASE, DRY_RUN, TABLE_SIZES, type Stage } from './backup-job.ts';
import { makeBaseImage } from './base-image.ts';
import { buildCommand } from './build-command.ts';
import { ContainerHost, type Ended } from './container-host.ts';
import { measureLayers } from './image-size.ts';
import { installPackages } from './install-packages.ts';
import { obstacle } from './obstacle.ts';
import { run } from './run.ts';
import { sizeTable } from './size-table.ts';

const BUNDLE = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'mysql-worker', 'bundle');
const IMAGE = 'localhost/mysql-worker:story';

/** With packages to install and a Debian to make, on a slow mirror. */
const BUILD_TIMEOUT_MS = 10 * 60_000;

async function openStage(startServer: () => Promise<DatabaseServer>): Promise<Stage> {
  const [server, s3] = await Promise.all([startServer(), startScriptedS3Server({ buckets: [BUCKET] })]);
  await createSampleDatabase(server, { name: DATABASE, rows: 20_000 });
  return { server, s3, password: await createBackupUser(server, DATABASE) };
}

/** What the worker wrote to its log, line by line. */
const linesOf = (stdout: string): Record<string, unknown>[] =>
  stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));

/** Enough of the sample database has passed by for the upload to be under way. */
const HALF_WAY_BYTES = 1_000_000;

async function halfWay(proxy: TcpProxy, running: Promise<Ended>): Promise<void> {
  let early: Ended | undefined;
  void running.then((ended) => (early = ended));
  while (proxy.bytesFromTarget() < HALF_WAY_BYTES) {
    if (early !== undefined) throw new Error(`The backup ended before it was half-way: ${early.stdout}`);
    await delay(20);
  }
}

/** What is not equal once the backup that a container has made is restored beside its original. */
async function differences(ended: Ended, { server, s3 }: Stage): Promise<unknown[]> {
  const { result, msg } = linesOf(ended.stdout).at(-1) as { result?: { s3_uri: string }; msg: string };
  if (ended.exitCode !== 0 || result === undefined) throw new Error(`The backup failed: ${msg} ${ended.stderr}`);
  const prefix = result.s3_uri.replace(`s3://${BUCKET}/`, '');
  const folder = await mkdtemp(join(tmpdir(), 'serverless-ops-dump-'));
  try {
    for (const key of s3.keys(BUCKET, prefix)) {
      await writeFile(join(folder, basename(key)), s3.object(BUCKET, key)?.body ?? '');
    }
    await restoreDump(folder, server, 'restored');
  } finally {
    await rm(folder, { recursive: true });
  }
  const { tables, objects } = await compareDatabases(server, DATABASE, 'restored');
  if (tables.length === 0) throw new Error('Nothing was compared.');
  return [...tables, ...objects].filter(({ equal }) => !equal);
}

const reason = obstacle();
// Jest itself says nothing about a file in which every test is skipped.
if (reason !== undefined) process.stdout.write(`Skipped: the image is not built and run here, because ${reason}.\n`);

(reason === undefined ? describe : describe.skip)("the worker's image", () => {
  let host: ContainerHost;

  beforeAll(async () => {
    host = await ContainerHost.open();
    await installPackages(['buildah', 'debootstrap', 'podman', 'runc']);
    const base = await makeBaseImage(host, debianMirror() ?? '');
    const [program, ...args] = buildCommand({
      engine: {
        name: 'buildah',
        buildCommand: [...host.buildahCommand, 'bud', '--isolation=chroot', '--network=host', '--layers'],
      },
      folder: BUNDLE,
      name: 'localhost/mysql-worker',
      revision: 'story',
      options: ['--build-arg', `BASE_IMAGE=${base}`, '--build-arg', 'IMAGE_REVISION=story-1'],
    });
    await run(program, args);
  }, BUILD_TIMEOUT_MS);

  afterAll(() => host.close());

  /** Runs Bash instead of the worker, and gives the lines that it printed. */
  async function bash(script: string): Promise<string[]> {
    const { stdout } = await host.run(IMAGE, { options: ['--entrypoint=bash'], args: ['-c', script] });
    return stdout.trim().split('\n');
  }

  it('has at most 250 MB, of which 95 are pulled', async () => {
    const layers = await measureLayers(host, IMAGE);
    process.stdout.write(`${sizeTable(layers)}\n`);
    expect(layers.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(250e6);
    expect(layers.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0)).toBeLessThan(95e6);
  });

  it('starts the worker as a user without rights, and says what it is', async () => {
    const { OCIv1: image } = JSON.parse(await host.buildah('inspect', '--type=image', IMAGE)) as {
      OCIv1: { config: object };
    };
    expect(image.config).toMatchObject({
      User: '10001:10001',
      WorkingDir: '/app',
      Entrypoint: ['node', '--max-semi-space-size=1', 'main.mjs'],
      Volumes: { '/tmp': {} },
      Labels: {
        'org.opencontainers.image.title': 'Serverless Ops MySQL worker',
        'org.opencontainers.image.licenses': 'MIT',
        'org.opencontainers.image.revision': 'story',
        'org.opencontainers.image.base.name': 'localhost/debian-with-node',
        'serverless-ops.image.revision': 'story-1',
      },
    });
    expect(image.config).not.toHaveProperty('Healthcheck');
    expect(image.config).not.toHaveProperty('Cmd');
  });

  it('holds the MySQL clients, and neither npm nor a compiler nor a program that lends rights', async () => {
    const found = await bash('command -v mysql mysqldump mariadb-dump npm npx corepack yarn cc gcc make || true');
    expect(found).toEqual(['/usr/bin/mysql', '/usr/bin/mysqldump', '/usr/bin/mariadb-dump']);
    expect(await bash('find / -xdev -type f -perm /6000 2>/dev/null')).toEqual(['']);
    expect(await bash('find /usr/local/lib/node_modules /var/lib/apt/lists -type f 2>/dev/null')).toEqual(['']);
  });

  it('lets its user write to /tmp and nowhere else', async () => {
    const tried = await bash('for folder in / /app /home /run /tmp /var/tmp; do touch $folder/x && echo $folder; done');
    expect(tried).toEqual(['/tmp']);
    expect(await bash('id -u; id -g')).toEqual(['10001', '10001']);
  });

  it('walks through a dry run and ends with 0', async () => {
    const { exitCode, stdout, stderr } = await host.run(IMAGE, { environment: DRY_RUN });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(linesOf(stdout).at(-1)).toMatchObject({ msg: 'job complete', result: { consistency: 'dry-run' } });
  });

  it('ends with 2 when it is not told enough', async () => {
    const { exitCode } = await host.run(IMAGE, { environment: { ...DRY_RUN, DB_HOST: '127.0.0.1' } });
    expect(exitCode).toBe(2);
  });

  describe('with a script that looks around', () => {
    const SECRETS = {
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/v2/credentials/not-for-scripts',
      AWS_SECRET_ACCESS_KEY: 'not-for-scripts',
      DB_PASS: 'not-for-scripts',
    };
    const ORDER = { JOB_NAME: 'run_script', JOB_OPTIONS: '{"script":"look_around.sh"}' };
    const LOOK_AROUND = `
      id -u; id -g; id -G
      env | cut -d= -f1 | sort | tr '\\n' ' '; echo
      try() { if "$@" > /dev/null 2>&1; then echo "could: $*"; fi; }
      for pid in $PPID 1; do
        for file in environ mem maps; do try cat /proc/$pid/$file; done
        try ls /proc/$pid/fd
        try ls /proc/$pid/cwd/
        try kill -0 $pid
      done
      cat /proc/[0-9]*/environ 2> /dev/null | tr '\\0' '\\n' | grep not-for-scripts
      touch /tmp/mine && echo 'may write to /tmp'
      touch /app/mine 2> /dev/null || echo 'may not write to /app'
      exit 0`;

    async function lookAround(options: readonly string[]): Promise<Ended> {
      const file = join(host.folder, 'look_around.sh');
      await writeFile(file, LOOK_AROUND, { mode: 0o555 });
      const mounted = `--volume=${file}:/app/scripts/look_around.sh:ro`;
      return host.run(IMAGE, { environment: { ...ORDER, ...SECRETS }, options: [mounted, ...options] });
    }

    it("shows it nothing of the worker: not its environment, not its files, not the way to the role's rights", async () => {
      const { exitCode, stdout, stderr } = await lookAround(AS_SCRIPT_TASK);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const printed = linesOf(stdout).filter(({ stream }) => stream === 'stdout');
      expect(printed.map(({ msg }) => msg)).toEqual([
        '10002',
        '10002',
        '10002',
        'LC_ALL PATH PWD SCRIPT_RUN_ID SHLVL _ ',
        'may write to /tmp',
        'may not write to /app',
      ]);
    });

    it('does not run it where it could see the worker', async () => {
      const { exitCode, stdout } = await lookAround([]);
      expect(exitCode).toBe(2);
      expect(linesOf(stdout).at(-1)).toMatchObject({
        error: 'InvalidRequest',
        msg: expect.stringContaining('this container runs as user 10001, which cannot become another user') as string,
      });
    });

    it('kills whatever it leaves behind, and needs no more rights for that', async () => {
      const file = join(host.folder, 'leave_behind.sh');
      await writeFile(file, 'env -i setsid sleep 600 > /dev/null 2>&1 3<&- & sleep 0.2; echo done', { mode: 0o555 });
      const { exitCode, stdout } = await host.run(IMAGE, {
        environment: { ...ORDER, JOB_OPTIONS: '{"script":"leave_behind.sh"}' },
        options: [`--volume=${file}:/app/scripts/leave_behind.sh:ro`, ...AS_SCRIPT_TASK],
      });
      expect(exitCode).toBe(0);
      expect(linesOf(stdout).at(-1)).toMatchObject({ msg: 'job complete', result: { last_lines: ['done'] } });
    });
  });

  describe('beside MariaDB and S3', () => {
    let stage: Stage;

    beforeAll(async () => {
      stage = await openStage(startMariadb);
    });

    afterAll(() => Promise.all([stage.server.stop(), stage.s3.stop()]));

    it('makes a backup that restores into an equal database', async () => {
      const ended = await host.run(IMAGE, { environment: backupOf(stage) });
      expect(await differences(ended, stage)).toEqual([]);
    });

    it('is stopped half-way by SIGTERM, and leaves nothing', async () => {
      const before = stage.s3.recorded.length;
      await using proxy = await startTcpProxy({
        targetPort: stage.server.port,
        freezeAfterBytes: HALF_WAY_BYTES,
      });
      const environment = backupOf(stage, proxy.port);
      const running = host.run(IMAGE, { environment, options: ['--name=half-way'] });
      await halfWay(proxy, running);
      const stoppedMs = performance.now();
      await host.stop('half-way', 30);
      const { exitCode, stdout } = await running;
      expect(performance.now() - stoppedMs).toBeLessThan(10_000);
      expect(exitCode).toBe(1);
      expect(linesOf(stdout).at(-1)).toMatchObject({ level: 'error', error: 'Stopped' });
      expect(stage.s3.openUploads()).toEqual([]);
      const operations = stage.s3.recorded.slice(before).map(({ operation }) => operation);
      expect(operations.filter((operation) => /^(Complete|Put)/.test(operation))).toEqual([]);
      expect(operations.at(-1)).toBe('AbortMultipartUpload');
    });
  });

  const withMysql = reason === undefined && mysqlAvailable() ? describe : describe.skip;
  withMysql('beside MySQL 9 and S3', () => {
    let stage: Stage;

    beforeAll(async () => {
      stage = await openStage(startMysql);
    });

    afterAll(() => Promise.all([stage.server.stop(), stage.s3.stop()]));

    it('logs in with caching_sha2_password, for a script', async () => {
      const environment = { ...backupOf(stage), ...TABLE_SIZES };
      const { exitCode, stdout } = await host.run(IMAGE, { environment, options: AS_SCRIPT_TASK });
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/customers\\t\d+/);
    });

    it("makes a backup that restores into an equal database, once MySQL's own mysqldump is added", async () => {
      const added = dirname(mysqlClientFolder());
      const environment = { ...backupOf(stage), PATH: `${mysqlClientFolder()}:/usr/bin:/bin` };
      const options = [`--volume=${added}:${added}:ro`, '--entrypoint=/usr/local/bin/node'];
      const ended = await host.run(IMAGE, { environment, options, args: ['main.mjs'] });
      expect(await differences(ended, stage)).toEqual([]);
    });
  });
});
