import type { SSMClient } from '@aws-sdk/client-ssm';
import type { JobLogger } from '@serverless-ops/job-logging';
import { describeProblems, JobError, type PasswordChangeResult } from '@serverless-ops/job-schemas';
import { DB_HOST_DRYRUN } from '@serverless-ops/names';
import { problemOfAccountName } from '../account-name.ts';
import { changeRequestSchema, type ChangeRequest } from '../change-request.ts';
import { changePassword } from './change-password.ts';
import type { ChangeConfig } from './config.ts';
import { generatePassword, type RandomInteger } from './generate-password.ts';

/** What the function works with. */
export interface Outside {
  readonly client: SSMClient;
  readonly randomInteger: RandomInteger;
  readonly now: () => Date;
  readonly jobLog: JobLogger;
}

const DRY_RUN_RESULT: PasswordChangeResult = {
  ...{ status: 'job complete', changed: false, created: false, version: 0, old_password_valid: false, duration_ms: 0 },
};

/** Does what one event asks for. Throws JobError. */
export async function performChange(
  event: unknown,
  { keyId, databaseTls }: ChangeConfig,
  { client, randomInteger, now, jobLog }: Outside,
): Promise<PasswordChangeResult> {
  const request = parseRequest(event);
  const { logger: log } = jobLog;
  if (request.server.host === DB_HOST_DRYRUN) {
    log.info('dry run: neither MySQL nor Parameter Store is touched');
    return DRY_RUN_RESULT;
  }
  if (databaseTls === 'INSECURE_unverified') {
    log.warn(
      'INSECURE: the certificate of the server is not verified, so an attacker on the network can read the passwords',
    );
  }
  const hideSecret = (text: string): void => jobLog.hideSecret(text);
  const generate = (): string => generatePassword(randomInteger);
  return changePassword(request, { client, keyId, databaseTls, generate, now, log, hideSecret });
}

function parseRequest(event: unknown): ChangeRequest {
  const parsed = changeRequestSchema.safeParse(event);
  const problems = parsed.success ? [] : describeProblems(parsed.error);
  const nameProblem = parsed.success ? problemOfAccountName(parsed.data.db_user) : undefined;
  if (nameProblem !== undefined) problems.push(nameProblem);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new JobError(
    'InvalidRequest',
    `The request for a change is not valid: ${problems.join('; ')}. Report it with its input.`,
  );
}
