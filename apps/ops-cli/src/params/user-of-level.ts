import { posix } from 'node:path';
import { databaseUserParameterPath } from '@serverless-ops/names';

/**
 * The account that a level of a path in Parameter Store names: `o'neil` for `o.27neil`. Undefined for a level that
 * names no account, made by hand.
 */
export function userOfLevel(level: string): string | undefined {
  const percentEncoded = encodeURIComponent(level).replaceAll(/\.([0-9a-f]{2})/g, '%$1');
  try {
    const dbUser = decodeURIComponent(percentEncoded);
    return levelOf(dbUser) === level ? dbUser : undefined;
  } catch {
    // Bytes that are no UTF-8.
    return undefined;
  }
}

function levelOf(dbUser: string): string {
  return posix.basename(databaseUserParameterPath('', { dbName: 'any', dbEnv: 'any', dbUser }));
}
