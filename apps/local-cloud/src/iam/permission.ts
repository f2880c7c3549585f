import type { Statement } from './policy-document.ts';

/** One thing that a role must be allowed: `ssm:GetParameter` on an ARN, under what is known about the call. */
export interface Permission {
  action: string;
  /** ARN, or `*` for an action that IAM knows no resources for. */
  resource: string;
  /**
   * Condition keys of this call and their values; an empty list is a key that this call is known not to have.
   * @default - only the keys that every call has
   */
  conditionKeys?: Readonly<Record<string, readonly string[]>>;
  /**
   * The resource's own policy: whom it names it can let in, or keep out, beside what the role's policies say.
   * @default - none
   */
  resourcePolicy?: readonly Statement[];
}
