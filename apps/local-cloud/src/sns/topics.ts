import { AwsError } from '../endpoint/aws-error.ts';
import type { Statement } from '../iam/policy-document.ts';

export interface Subscription {
  subscriptionArn: string;
  protocol: string;
  endpoint: string;
}

export interface Topic {
  arn: string;
  name: string;
  displayName: string;
  /** Key that its messages are encrypted with. */
  keyId?: string | undefined;
  policy: Statement[];
  subscriptions: Subscription[];
}

/** The topics of the templates. */
export class Topics {
  readonly #byArn = new Map<string, Topic>();

  create(topic: Omit<Topic, 'policy' | 'subscriptions'>): void {
    this.#byArn.set(topic.arn, { ...topic, policy: [], subscriptions: [] });
  }

  find(arn: string): Topic | undefined {
    return this.#byArn.get(arn);
  }

  require(arn: string): Topic {
    const topic = this.#byArn.get(arn);
    if (!topic) throw new AwsError('NotFound', 'Topic does not exist', 404);
    return topic;
  }

  list(): Topic[] {
    return [...this.#byArn.values()];
  }
}
