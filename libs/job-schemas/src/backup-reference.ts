import { databaseReferenceShape } from './database-reference.ts';
import { textSchema } from './text-schema.ts';

/** How the id of a backup looks: `20261122T021530Z-9f86d081`. */
export const BACKUP_ID_PATTERN = /^\d{8}T\d{6}Z-[0-9a-f]{8}$/;

/** Longer than any id, so that the pattern alone decides. */
const MAX_CHARACTERS = 64;

/** Which backup of its database a job works on. */
export const backupReferenceShape = {
  backup_id: textSchema(MAX_CHARACTERS, /^(latest|\d{8}T\d{6}Z-[0-9a-f]{8})$/)
    .default('latest')
    .meta({
      description: 'Id of the backup. latest: the newest backup of the database that is complete',
      examples: ['20261122T021530Z-9f86d081'],
    }),
};

/** For a job that works on one server with a backup of another. */
export const otherEnvironmentShape = {
  backup_db_env: databaseReferenceShape.db_env.optional().meta({
    description:
      'Environment that the backup is of, where it is another than db_env, which names the server to restore on',
    examples: ['prod'],
  }),
};
