import type { PruneFolder } from '@serverless-ops/backup-retention';
import type { BucketVersioning } from '@serverless-ops/object-store';

export interface PruneFindings {
  readonly folders: readonly PruneFolder[];
  readonly foreignKeys: readonly string[];
  readonly versioning: BucketVersioning;
  /** Whether the jobs that run at the same time are known. */
  readonly knowsRunningJobs: boolean;
}

const OF_VERSIONING: Readonly<Record<BucketVersioning, readonly string[]>> = {
  off: [],
  enabled: [
    'The bucket keeps versions. What a prune deletes stays there as noncurrent versions, and is paid for, until a ' +
      'lifecycle rule removes them, and with Object Lock at least until their retention ends.',
  ],
  suspended: [
    'The versioning of the bucket is suspended. Objects that were stored before it was stay as noncurrent versions.',
  ],
};

/** What a person should know beside what was kept and deleted. */
export function pruneNotes({ folders, foreignKeys, versioning, knowsRunningJobs }: PruneFindings): string[] {
  const unreadable = folders.filter(({ manifest }) => manifest === 'unreadable').map(({ backupId }) => backupId);
  const [foreign] = foreignKeys;
  return [
    ...OF_VERSIONING[versioning],
    ...(unreadable.length > 0
      ? [
          `Backups whose manifest cannot be read count for nothing and stay (${unreadable.length}): ` +
            `${unreadable.slice(0, 5).join(', ')}. Order db_verify to see why.`,
        ]
      : []),
    ...(foreign === undefined
      ? []
      : [`Objects below the folder that belong to no backup stay (${foreignKeys.length}), such as ${foreign}.`]),
    ...(knowsRunningJobs
      ? []
      : [
          'The job runs without the workflow, so it does not know which backups other jobs read. A restore whose backup it ' +
            'deletes fails.',
        ]),
  ];
}
