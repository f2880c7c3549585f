import type { SSMClient } from '@aws-sdk/client-ssm';
import { readSecret } from './read-parameters.ts';

/** What a reference to Secrets Manager leads to, undefined when that does not exist. */
export type FollowReference = (reference: string) => Promise<string | undefined>;

/** User and password are usually in the same secret, which is read once. */
export function followReferences(client: SSMClient): FollowReference {
  const reads = new Map<string, Promise<string | undefined>>();
  return (reference) => {
    const read = reads.get(reference) ?? readSecret(reference, client);
    reads.set(reference, read);
    return read;
  };
}
