import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { restoreDump } from '@serverless-ops/test-servers';
import { aws } from './aws-cli.ts';
import { BACKUP_FOLDER, type Stage } from './stage.ts';

const run = promisify(execFile);

/** Fails unless the manifest names the checksum that each object has. */
const CHECK = `sha256sum *.zst | cut -d' ' -f1 | xargs -I{} grep -q '"stored_sha256": "{}"' manifest.json`;

/** The restore of the README, step by step: AWS CLI, sha256sum, zstd, mysql. */
export async function restoreByHand(stage: Stage, backupId: string, target: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'restore-'));
  try {
    const uri = `s3://${stage.bucket}/${BACKUP_FOLDER}/${backupId}/`;
    await aws(stage.cloud, 's3', 'cp', uri, folder, '--recursive', '--only-show-errors');
    await run('bash', ['-c', CHECK], { cwd: folder });
    await restoreDump(folder, stage.server, target);
  } finally {
    await rm(folder, { recursive: true });
  }
}
