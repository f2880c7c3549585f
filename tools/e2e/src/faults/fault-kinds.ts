import type { RandomNumbers, S3Fault } from '@serverless-ops/test-servers';
import type { FaultBed, Scene, Strike } from './fault-bed.ts';

/** A fault at one moment, in words that let it be repeated, and as it strikes. */
export interface Fault {
  readonly moment: string;
  readonly strike: Strike;
}

export interface FaultKind {
  readonly kind: string;
  /** How a worker may report its failure; empty where it has to succeed. */
  readonly errors: readonly string[];
  /** The worker is gone without a word: it could report nothing and remove nothing. */
  readonly isKill?: true;
  /** The server is gone afterwards. */
  readonly killsServer?: true;
  readonly choose: (bed: FaultBed, random: RandomNumbers) => Fault;
}

const CONNECTION = ['ConnectionLost', 'DatabaseUnreachable'];

/** Somewhere in what an undisturbed worker reads from the database, or asks of S3. */
function anywhere(bed: FaultBed, random: RandomNumbers, act: (scene: Scene) => void): Fault {
  if (random(2) === 0) {
    const atBytes = 1 + random(bed.databaseBytes);
    return { moment: `at byte ${atBytes} from the database`, strike: { onDatabaseBytes: once(atBytes, act) } };
  }
  const atRequest = 1 + random(bed.s3Requests.length);
  const onS3Request: Strike['onS3Request'] = (number, _, scene) => {
    if (number === atRequest) act(scene);
    return undefined;
  };
  return { moment: `at request ${atRequest} to S3`, strike: { onS3Request } };
}

function once(atBytes: number, act: (scene: Scene) => void): NonNullable<Strike['onDatabaseBytes']> {
  let isDone = false;
  return (bytes, scene) => {
    if (isDone || bytes < atBytes) return;
    isDone = true;
    act(scene);
  };
}

/** From one request on, so many of them are struck. */
function s3Fault(bed: FaultBed, random: RandomNumbers, fault: S3Fault, atMost: number): Fault {
  const first = 1 + random(bed.s3Requests.length);
  const times = 1 + random(atMost);
  return {
    moment: `requests ${first} to ${first + times - 1} to S3`,
    strike: { onS3Request: (number) => (number >= first && number < first + times ? fault : undefined) },
  };
}

/** More than the client tries one request. */
const MANY = 9;

const COMMITS: readonly string[] = ['CompleteMultipartUpload', 'PutObject'];

export const FAULT_KINDS: readonly FaultKind[] = [
  {
    kind: 'the worker is killed',
    errors: [],
    isKill: true,
    choose: (bed, random) => anywhere(bed, random, ({ worker }) => worker.kill('SIGKILL')),
  },
  {
    kind: 'the worker is told to stop',
    errors: ['Stopped'],
    choose: (bed, random) => anywhere(bed, random, ({ worker }) => worker.kill('SIGTERM')),
  },
  {
    kind: 'the database server is killed',
    errors: CONNECTION,
    killsServer: true,
    choose: (bed, random) => {
      const atBytes = 1 + random(bed.databaseBytes);
      const strike = { onDatabaseBytes: once(atBytes, ({ server }) => void server.kill()) };
      return { moment: `at byte ${atBytes} from it`, strike };
    },
  },
  {
    kind: 'the connections to the database are reset',
    errors: CONNECTION,
    choose: (bed, random) => {
      const cutAfterBytes = 1 + random(bed.databaseBytes);
      return { moment: `at byte ${cutAfterBytes}`, strike: { network: { cutAfterBytes } } };
    },
  },
  {
    kind: 'the network to the database falls silent, and the worker is told to stop',
    errors: ['Stopped'],
    choose: (bed, random) => {
      const freezeAfterBytes = 1 + random(bed.databaseBytes);
      const onDatabaseBytes = once(
        freezeAfterBytes,
        ({ worker }) => void setTimeout(() => worker.kill('SIGTERM'), 200),
      );
      return { moment: `at byte ${freezeAfterBytes}`, strike: { network: { freezeAfterBytes }, onDatabaseBytes } };
    },
  },
  {
    kind: 'the network to the database is slow',
    errors: [],
    choose: (_, random) => {
      const bytesPerSecond = 2_000_000 + random(10_000_000);
      return { moment: `${bytesPerSecond} bytes a second`, strike: { network: { bytesPerSecond } } };
    },
  },
  {
    kind: 'S3 answers 500',
    errors: ['UploadFailed'],
    choose: (bed, random) => s3Fault(bed, random, { kind: 'error', status: 500, code: 'InternalError' }, MANY),
  },
  {
    kind: 'S3 answers 503',
    errors: ['UploadFailed'],
    choose: (bed, random) => s3Fault(bed, random, { kind: 'error', status: 503, code: 'SlowDown' }, MANY),
  },
  {
    kind: 'S3 resets the connection before it answers',
    errors: ['UploadFailed'],
    choose: (bed, random) => s3Fault(bed, random, { kind: 'reset', afterBytes: 1 + random(1_000_000) }, MANY),
  },
  {
    kind: 'S3 does it, and its answer is lost',
    errors: ['UploadFailed'],
    choose: (bed, random) => s3Fault(bed, random, { kind: 'lost-reply' }, MANY),
  },
  {
    kind: 'S3 answers 409 to the commit',
    errors: [],
    choose: (bed, random) => {
      const commits = bed.s3Requests.filter(({ operation }) => COMMITS.includes(operation)).length;
      const first = 1 + random(commits);
      const times = 1 + random(3);
      let count = 0;
      const onS3Request: Strike['onS3Request'] = (_, { operation }) => {
        if (!COMMITS.includes(operation)) return undefined;
        count += 1;
        const isStruck = count >= first && count < first + times;
        return isStruck ? { kind: 'error', status: 409, code: 'ConditionalRequestConflict' } : undefined;
      };
      return { moment: `requests ${first} to ${first + times - 1} of the commit`, strike: { onS3Request } };
    },
  },
  {
    kind: 'S3 refuses connections',
    errors: ['UploadFailed'],
    choose: (bed, random) => {
      const atRequest = 1 + random(bed.s3Requests.length);
      const forMs = 200 + random(4_000);
      const onS3Request: Strike['onS3Request'] = (number, _, { s3 }) => {
        if (number !== atRequest) return undefined;
        s3.refuseConnections(forMs);
        return { kind: 'reset', afterBytes: 1 };
      };
      return { moment: `from request ${atRequest} on, for ${forMs} ms`, strike: { onS3Request } };
    },
  },
];
