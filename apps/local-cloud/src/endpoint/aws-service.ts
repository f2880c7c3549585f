import type { Permission } from '../iam/permission.ts';
import type { JsonObject, ServiceActions } from './service.ts';

/** One AWS service of this cloud: what it can do, and what a role needs for it. */
export interface AwsService {
  /** As in IAM actions and in the scope of a signature: `ecs`, `states`. */
  readonly name: string;
  readonly actions: ServiceActions;
  /**
   * What a role must be allowed before the action runs.
   * @default - the action of the same name on the resource `*`
   */
  readonly permissions?: (action: string, input: JsonObject) => Permission[];
}
