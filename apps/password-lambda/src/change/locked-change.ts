import type { ServerConnection } from '@serverless-ops/mysql-connect';
import type { NamedParameter } from '@serverless-ops/parameter-lookup';
import type { ChangeRequest } from '../change-request.ts';
import type { Grant } from '@serverless-ops/parameter-rules';
import type { AccountLock } from './account-lock.ts';
import type { AdminSession } from './admin-session.ts';
import type { ChangeContext } from './change-context.ts';
import type { StoredPasswords } from './stored-passwords.ts';

/** A change that has the account to itself. */
export interface LockedChange {
  readonly request: ChangeRequest;
  /** What to give to an account that is created; undefined when none may be. */
  readonly grant: Grant | undefined;
  readonly session: AdminSession;
  readonly lock: AccountLock;
  readonly store: StoredPasswords;
  /** Other parameters that hold the password of the account. */
  readonly places: readonly NamedParameter[];
  readonly connection: (login: { user: string; password: string }) => ServerConnection;
  readonly context: ChangeContext;
}
