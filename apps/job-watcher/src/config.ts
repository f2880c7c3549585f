import { z } from 'zod';

const schema = z.object({
  CLUSTER: z.string().min(1),
  TOPIC_ARN: z.string().min(1),
  TASK_FAMILIES: z
    .string()
    .min(1)
    .transform((families) => families.split(',')),
});

/** The settings that the function gets from its environment. */
export interface WatcherConfig {
  readonly cluster: string;
  readonly topicArn: string;
  /** Task definition families that jobs run in. */
  readonly taskFamilies: readonly string[];
}

/** The environment, checked. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): WatcherConfig {
  const { CLUSTER: cluster, TOPIC_ARN: topicArn, TASK_FAMILIES: taskFamilies } = schema.parse(env);
  return { cluster, topicArn, taskFamilies };
}
