import { type Account, arnOf } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { RegisteredTaskDefinition, TaskDefinition } from './task-definition.ts';

/** Task definitions by family, with their revisions. */
export class TaskDefinitions {
  readonly #families = new Map<string, RegisteredTaskDefinition[]>();
  readonly #account: Account;
  readonly #now: () => Date;

  constructor(account: Account, now: () => Date) {
    this.#account = account;
    this.#now = now;
  }

  register(definition: TaskDefinition): RegisteredTaskDefinition {
    const revisions = this.#families.get(definition.family) ?? [];
    const revision = revisions.length + 1;
    const registered: RegisteredTaskDefinition = {
      ...definition,
      taskDefinitionArn: arnOf(this.#account, 'ecs', `task-definition/${definition.family}:${revision}`),
      revision,
      status: 'ACTIVE',
      registeredAt: this.#now().getTime() / 1000,
    };
    this.#families.set(definition.family, [...revisions, registered]);
    return registered;
  }

  /** By family (its newest active revision), `family:revision` or ARN. */
  find(reference: string): RegisteredTaskDefinition | undefined {
    const [family = '', revision] = (reference.split('task-definition/').at(-1) ?? '').split(':');
    const revisions = this.#families.get(family) ?? [];
    return revision === undefined
      ? revisions.findLast(({ status }) => status === 'ACTIVE')
      : revisions.find((each) => each.revision === Number(revision));
  }

  /** As {@link find}, throwing what RunTask throws. */
  require(reference: string): RegisteredTaskDefinition {
    const definition = this.find(reference);
    if (!definition) throw new AwsError('ClientException', 'TaskDefinition not found.');
    return definition;
  }

  /** Every revision, sorted by family and revision. */
  list(): RegisteredTaskDefinition[] {
    return [...this.#families.keys()].sort().flatMap((family) => this.#families.get(family) ?? []);
  }
}
