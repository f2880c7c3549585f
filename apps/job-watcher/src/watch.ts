import { z } from 'zod';
import type { WatcherConfig } from './config.ts';
import { onExecutionEnded } from './execution-ended.ts';
import { onTaskStopped } from './task-stopped.ts';
import type { WatcherClients } from './watcher-clients.ts';

/** The two events that the rules let through, with what is needed of them. */
const eventSchema = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal('ECS Task State Change'), detail: z.object({ taskArn: z.string() }) }),
  z.object({
    'detail-type': z.literal('Step Functions Execution Status Change'),
    detail: z.object({ executionArn: z.string(), name: z.string() }),
  }),
]);

/**
 * Takes up one event. EventBridge delivers at least once: a second delivery stops nothing more, and at worst announces a
 * second time that an execution was aborted or ran out of time.
 */
export async function watch(event: unknown, config: WatcherConfig, clients: WatcherClients): Promise<void> {
  const parsed = eventSchema.parse(event);
  switch (parsed['detail-type']) {
    case 'ECS Task State Change':
      return onTaskStopped(parsed.detail.taskArn, config, clients);
    case 'Step Functions Execution Status Change':
      return onExecutionEnded(parsed.detail, config, clients);
  }
}
