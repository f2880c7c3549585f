import { randomBytes, randomUUID } from 'node:crypto';
import type { Principal } from '../endpoint/service.ts';

/** What the container credentials endpoint hands out, in its own spelling. */
export interface SessionCredentials {
  AccessKeyId: string;
  SecretAccessKey: string;
  Token: string;
  /** ISO 8601. */
  Expiration: string;
  RoleArn: string;
}

const SESSION_HOURS = 6;

/** Access keys that this cloud issued to its tasks and functions, and their roles. */
export class SessionCredentialsIssuer {
  readonly #principals = new Map<string, Principal>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  issue(roleArn: string, sessionName: string): SessionCredentials {
    const accessKeyId = `ASIA${randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()}`;
    this.#principals.set(accessKeyId, { kind: 'role', roleArn, sessionName });
    return {
      AccessKeyId: accessKeyId,
      SecretAccessKey: randomBytes(30).toString('base64'),
      Token: randomBytes(64).toString('base64'),
      Expiration: new Date(this.#now().getTime() + SESSION_HOURS * 3_600_000).toISOString(),
      RoleArn: roleArn,
    };
  }

  /** A key that was not issued here is the account's own: whatever `aws configure` holds works. */
  principalOf(accessKeyId: string): Principal {
    return this.#principals.get(accessKeyId) ?? { kind: 'account' };
  }
}
