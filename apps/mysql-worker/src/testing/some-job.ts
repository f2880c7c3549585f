import { Writable } from 'node:stream';
import { createJobLogger } from '@serverless-ops/job-logging';
import type { DatabaseConnection } from '@serverless-ops/mysql-connect';
import type { JobContext } from '../job-context.ts';
import type { BackupStorage } from '../databases.ts';
import type { JobMeans } from '../job-means.ts';

const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() });

/** What a job receives that runs to its end: it is not stopped, and its log goes nowhere. */
export function someContext(context: Partial<JobContext> = {}): JobContext {
  return {
    log: createJobLogger({ fields: { job_id: 'job-1' }, destination: NOWHERE }).logger,
    signal: new AbortController().signal,
    moved: () => undefined,
    reportProgress: () => undefined,
    now: () => new Date('2026-11-30T00:00:00Z'),
    scriptsFolder: '/nowhere',
    scriptsPath: '/nowhere',
    scriptUser: () => undefined,
    printable: (line) => line,
    ...context,
  };
}

/** What a job works with: one database, whichever an order names, and its storage. */
export function someMeans({
  database = NO_SERVER,
  storage,
  ...means
}: Partial<JobMeans> & {
  database?: DatabaseConnection | 'dry run';
  storage?: BackupStorage | 'dry run';
} = {}): JobMeans {
  const withoutStorage = (): Promise<never> => Promise.reject(new Error('This test has no storage.'));
  return {
    databases: {
      find: () => Promise.resolve(database),
      findWithStorage: withoutStorage,
      findStorage: () => (storage ? Promise.resolve(storage) : withoutStorage()),
    },
    given: {},
    jobId: 'job-1',
    restoreAllowOverwrite: [],
    assertStillWanted: () => Promise.resolve(),
    runningJobs: () => Promise.resolve([]),
    ...means,
  };
}

/** Nothing listens on port 1: it needs root, and none of our services uses it. */
const NO_SERVER: DatabaseConnection = {
  host: '127.0.0.1',
  port: 1,
  user: 'ops',
  password: 'not a secret',
  database: 'classicmodels',
  tls: { mode: 'loopback' },
};
