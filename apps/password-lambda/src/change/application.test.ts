import { setTimeout as delay } from 'node:timers/promises';
import { mysqlAvailable, startMysql, type DatabaseServer } from '@serverless-ops/test-servers';
import { createPool } from 'mysql2/promise';
import { PARAMETERS, startChangeBench, type ChangeBench } from '../testing/change-bench.ts';

/** After so many logins a loop of the application reads the password anew. */
const LOGINS_PER_READ = 25;

/** An application whose connections are always new, and which reads the password only now and then. */
class Application {
  logins = 0;
  readonly failures: string[] = [];
  readonly #stopped = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(port: number, readPassword: () => string) {
    const round = (): Promise<void> => this.#logInWith(readPassword(), port);
    const run = async (): Promise<void> => {
      while (this.#isRunning()) await round();
    };
    this.#running = Promise.all([run(), run()]);
  }

  #isRunning(): boolean {
    return !this.#stopped.signal.aborted;
  }

  async #logInWith(password: string, port: number): Promise<void> {
    const pool = createPool({ host: '127.0.0.1', port, user: 'mary', password, connectionLimit: 1 });
    for (let login = 0; login < LOGINS_PER_READ && this.#isRunning(); login++) {
      try {
        const connection = await pool.getConnection();
        await connection.query('SELECT 1');
        connection.destroy();
        this.logins++;
      } catch (error) {
        this.failures.push(String(error));
      }
    }
    await pool.end();
  }

  async hasLoggedIn(times: number): Promise<void> {
    const enough = this.logins + times;
    while (this.logins < enough && this.failures.length === 0) await delay(1);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }
}

(mysqlAvailable() ? describe : describe.skip)('an application that reconnects all the time, on MySQL', () => {
  let server: DatabaseServer;
  let bench: ChangeBench;
  let application: Application;

  beforeAll(async () => {
    server = await startMysql();
    bench = await startChangeBench(server);
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    bench.store.put(PARAMETERS.password, 'Before-1');
    application = new Application(server.port, () => bench.store.get(PARAMETERS.password) ?? '');
  }, 120_000);
  afterAll(async () => {
    await application.stop();
    await bench.stop();
    await server.stop();
  });

  test('sees no failed login through changes', async () => {
    for (const jobId of ['job-1', 'job-2', 'job-3']) {
      await application.hasLoggedIn(20);
      await bench.change({ job_id: jobId });
      // By then both of its loops have read the password anew, as they must between two changes.
      await application.hasLoggedIn(4 * LOGINS_PER_READ);
    }
    await bench.change({ job_id: 'job-4', generate: false, discard_old_password: true });
    await application.hasLoggedIn(20);

    expect(application.failures).toEqual([]);
    expect(application.logins).toBeGreaterThan(300);
  }, 60_000);
});
