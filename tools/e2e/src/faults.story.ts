import { env } from 'node:process';
import { DATABASE_FLAVORS, repeatableRandomNumbers } from '@serverless-ops/test-servers';
import { FaultBed, type Aftermath } from './faults/fault-bed.ts';
import { FAULT_KINDS, type Fault, type FaultKind } from './faults/fault-kinds.ts';
import { contentOf, isBackup } from './faults/stored-backup.ts';

/** Of each kind, on each server; `FAULT_MOMENTS=50` is a run of an hour. */
const MOMENTS = Number(env['FAULT_MOMENTS'] ?? 1);

/** A failure names it: `FAULT_SEED` repeats its moments. */
const SEED = Number(env['FAULT_SEED'] ?? Date.now() % 1_000_000);

/** Workers at once, each with an S3 of its own; one alone where the server itself is struck. */
const LANES = 4;

/** After so many moments, and after the last, the job is run again. */
const AGAIN_EVERY = 10;

jest.setTimeout(60_000 + MOMENTS * 60_000);

describe.each(DATABASE_FLAVORS.filter(({ isAvailable }) => isAvailable()))('on $flavor', ({ flavor, start }) => {
  let bed: FaultBed;

  beforeAll(async () => {
    bed = await FaultBed.open(start);
  });
  afterAll(() => bed.server.stop());

  test.each(FAULT_KINDS.map((kind, index) => ({ ...kind, index })))(
    'when $kind, a backup is whole or is none',
    async ({ index, ...kind }) => {
      const random = repeatableRandomNumbers(SEED * FAULT_KINDS.length + index);
      const faults = Array.from({ length: MOMENTS }, () => kind.choose(bed, random)).entries();
      const ends: Record<string, number> = {};
      const lane = async (): Promise<void> => {
        for (const [count, fault] of faults) {
          const isAgain = count === MOMENTS - 1 || count % AGAIN_EVERY === AGAIN_EVERY - 1;
          const end = await strike(kind, fault, bed, isAgain);
          ends[end] = (ends[end] ?? 0) + 1;
        }
      };
      await Promise.all(Array.from({ length: kind.killsServer ? 1 : LANES }, lane));
      if (MOMENTS > 10) process.stderr.write(`${flavor}, ${kind.kind}: ${JSON.stringify(ends)}\n`);
    },
  );
});

async function strike(kind: FaultKind, fault: Fault, bed: FaultBed, isAgain: boolean): Promise<string> {
  const aftermath = await bed.backUp(fault.strike);
  try {
    if (kind.killsServer) {
      await bed.server.kill();
      await bed.server.restart();
    }
    expectWholeOrNone(kind, aftermath, bed);
    if (isAgain) {
      const before = aftermath.folders.filter(isBackup).length;
      expect((await aftermath.again()).map(contentOf)).toEqual(Array.from({ length: before + 1 }, () => bed.content));
    }
  } catch (error) {
    const where = `${kind.kind}, ${fault.moment} (FAULT_SEED=${SEED})`;
    throw new Error(`${where}: ${(error as Error).message}\n${aftermath.log}`, { cause: error });
  } finally {
    await aftermath.close();
  }
  if (aftermath.exitCode === null) return aftermath.folders.some(isBackup) ? 'killed, whole' : 'killed, none';
  return aftermath.error ?? 'whole';
}

function expectWholeOrNone(kind: FaultKind, aftermath: Aftermath, { content }: FaultBed): void {
  const { exitCode, error, reports, folders, openUploads, unknownUploads } = aftermath;
  const backups = folders.filter(isBackup).map(contentOf);
  // A manifest without all of its objects fails in `contentOf`.
  expect(backups).toEqual(backups.map(() => content));
  if (exitCode === null) {
    expect(kind.isKill).toBe(true);
    return;
  }
  expect(reports).toBe(1);
  const isSuccess = error === undefined;
  expect({ exitCode, backups: backups.length, folders: folders.length }).toEqual(
    isSuccess ? { exitCode: 0, backups: 1, folders: 1 } : { exitCode: 1, backups: 0, folders: 0 },
  );
  if (!isSuccess) expect(kind.errors).toContain(error);
  expect(openUploads).toHaveLength(unknownUploads);
}
