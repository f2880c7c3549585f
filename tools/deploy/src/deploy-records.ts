import { z } from 'zod';
import type { DeployParameterStore } from './parameter-store.ts';

const recordSchema = z.union([
  z.object({
    state: z.literal('deployed'),
    /** Of the source. Absent: it was deployed with changes that were not committed. */
    commit: z.string().optional(),
    /** See `fingerprint.ts`. */
    fingerprint: z.string(),
    /** Names of its stacks. Absent: it was deployed before they were recorded. */
    stacks: z.array(z.string()).optional(),
  }),
  // Still there afterwards: it was begun and did not succeed, so what is deployed is unknown.
  z.object({ state: z.enum(['deploying', 'destroying']) }),
]);

/** What is known of one project in one account and region. */
export type DeployRecord = z.output<typeof recordSchema>;

/**
 * What was deployed last, kept where it was deployed to: `/serverlessops/deployed/mysql-worker` in Parameter Store. So
 * each project has its own, in each environment.
 */
export interface DeployRecords {
  /** `undefined` when it was never deployed, or its record cannot be read: then it has to be deployed. */
  find(project: string): Promise<DeployRecord | undefined>;
  write(project: string, record: DeployRecord): Promise<void>;
  forget(project: string): Promise<void>;
  /** Every project that has one. */
  projects(): Promise<string[]>;
}

export function createDeployRecords(store: DeployParameterStore, parameterPrefix: string): DeployRecords {
  const path = `${parameterPrefix}/deployed`;
  return {
    async find(project) {
      const text = await store.find(`${path}/${project}`);
      return text === undefined ? undefined : parse(text);
    },
    write: (project, record) => store.put(`${path}/${project}`, JSON.stringify(record)),
    forget: (project) => store.remove(`${path}/${project}`),
    projects: () => store.namesBelow(path),
  };
}

/** For a person. */
export function describeRecord(record: DeployRecord | undefined): string {
  if (record === undefined) return 'never deployed here';
  if (record.state !== 'deployed') return `${record.state} did not succeed`;
  return `deployed from ${record.commit ?? 'changes that were not committed'}`;
}

function parse(text: string): DeployRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
