import { setTimeout as delay } from 'node:timers/promises';
import { mysqlAvailable, startMysql, type DatabaseServer } from '@serverless-ops/test-servers';
import { createPool, type Pool } from 'mysql2/promise';
import { PARAMETERS, startChangeBench } from '../testing/change-bench.ts';

/** An application whose connections are always new, and which reads the password only now and then. */
class Application {
  logins = 0;
  readonly failures: string[] = [];
  readonly #pools: Pool[] = [];
  readonly #stopped = new AbortController();
  readonly #running: Promise<unknown>;

  constructor(port: number, readPassword: () => string, readAfterLogins: number) {
    this.#running = Promise.all([1, 2].map(() => this.#run(port, readPassword, readAfterLogins)));
  }

  async #run(port: number, readPassword: () => string, readAfterLogins: number): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const pool = createPool({ host: '127.0.0.1', port, user: 'mary', password: readPassword(), connectionLimit: 1 });
      this.#pools.push(pool);
      for (let login = 0; login < readAfterLogins && !this.#stopped.signal.aborted; login++) {
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

(mysqlAvailable() ? test : test.skip)(
  'an application that reconnects all the time sees no failed login through changes, on MySQL',
  async () => {
    const server: DatabaseServer = await startMysql();
    const bench = await startChangeBench(server);
    await server.query(`CREATE USER mary IDENTIFIED BY 'Before-1'`);
    bench.store.put(PARAMETERS.password, 'Before-1');
    const readAfterLogins = 25;
    const application = new Application(server.port, () => bench.store.get(PARAMETERS.password) ?? '', readAfterLogins);

    for (const jobId of ['job-1', 'job-2', 'job-3']) {
      await application.hasLoggedIn(20);
      await bench.change({ job_id: jobId });
      // By then both of its loops have read the password anew, as it must between two changes.
      await application.hasLoggedIn(4 * readAfterLogins);
    }
    await bench.change({ job_id: 'job-4', generate: false, discard_old_password: true });
    await application.hasLoggedIn(20);
    await application.stop();

    expect(application.failures).toEqual([]);
    expect(application.logins).toBeGreaterThan(300);
    await bench.stop();
    await server.stop();
  },
  120_000,
);
