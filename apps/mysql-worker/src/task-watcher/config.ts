import { z } from 'zod';

const schema = z.object({ CLUSTER: z.string().min(1), TOPIC_ARN: z.string().min(1) });

/** What the function is told about where it works. */
export interface TaskWatcherConfig {
  readonly cluster: string;
  readonly topicArn: string;
}

/** The environment, checked. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): TaskWatcherConfig {
  const { CLUSTER: cluster, TOPIC_ARN: topicArn } = schema.parse(env);
  return { cluster, topicArn };
}
