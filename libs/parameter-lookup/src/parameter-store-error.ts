import { JobError } from '@serverless-ops/job-schemas';

/** What AWS answers when it knows who is asking and says no, or does not believe who is asking. */
const REFUSALS = [
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidKeyId',
  'InvalidSignatureException',
  'UnrecognizedClientException',
  'CredentialsProviderError',
];

/**
 * A failed call to Parameter Store as a `JobError`; `doing` begins its sentence, as in `Reading /serverlessops/x`, and
 * `rights` are the ones that the call needs.
 */
export function parameterStoreError(thrown: unknown, doing: string, rights: string): JobError {
  const name = thrown instanceof Error ? thrown.name : '';
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return REFUSALS.includes(name)
    ? new JobError('AccessDenied', `${doing} was refused: ${reason}. Allow the job's role ${rights}.`, {
        cause: thrown,
      })
    : new JobError(
        'InternalError',
        `${doing} failed: ${name}: ${reason}. Check that the job's subnets reach Parameter Store ` +
          '(NAT gateway or VPC endpoint), then order the job again.',
        { cause: thrown },
      );
}
