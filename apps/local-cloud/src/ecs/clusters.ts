import { type Account, arnOf } from '../endpoint/account.ts';
import { AwsError } from '../endpoint/aws-error.ts';

/** One provider of a strategy, and its share of the tasks. */
export interface CapacityProviderStrategyItem {
  capacityProvider: string;
  weight: number;
  base: number;
}

export interface Cluster {
  name: string;
  clusterArn: string;
  /** Those that a strategy of RunTask may name. */
  capacityProviders: string[];
  /** For a task that names neither a strategy nor a launch type. */
  defaultCapacityProviderStrategy: CapacityProviderStrategyItem[];
}

/** Clusters of the account, by name or ARN. */
export class Clusters {
  readonly #byName = new Map<string, Cluster>();
  readonly #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  create(
    name: string,
    capacityProviders: string[],
    defaultCapacityProviderStrategy: CapacityProviderStrategyItem[],
  ): Cluster {
    const cluster = { name, clusterArn: this.arnOf(name), capacityProviders, defaultCapacityProviderStrategy };
    this.#byName.set(name, cluster);
    return cluster;
  }

  arnOf(nameOrArn: string): string {
    return nameOrArn.startsWith('arn:') ? nameOrArn : arnOf(this.#account, 'ecs', `cluster/${nameOrArn}`);
  }

  find(nameOrArn: string): Cluster | undefined {
    const arn = this.arnOf(nameOrArn);
    return this.list().find(({ clusterArn }) => clusterArn === arn);
  }

  require(nameOrArn: string): Cluster {
    const cluster = this.find(nameOrArn);
    if (!cluster) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
    return cluster;
  }

  list(): Cluster[] {
    return [...this.#byName.values()];
  }
}
