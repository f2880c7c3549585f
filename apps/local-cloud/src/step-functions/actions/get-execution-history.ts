import type { HistoryEvent } from '@serverless-ops/states-language';
import { z } from 'zod';
import { action } from '../../endpoint/action.ts';
import type { ServiceActions } from '../../endpoint/service.ts';
import { pageOf, pagingFields } from './paging.ts';
import type { Registry } from '../registry.ts';

const request = z.object({
  executionArn: z.string(),
  reverseOrder: z.boolean().default(false),
  includeExecutionData: z.boolean().default(true),
  ...pagingFields,
});

/** What is left out without execution data, of whatever type the event is. */
const DATA_KEYS = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters', 'cause']);

/** `GetExecutionHistory`. */
export function historyActions(registry: Registry): ServiceActions {
  return {
    GetExecutionHistory: action(request, ({ executionArn, reverseOrder, includeExecutionData, ...paging }) => {
      const { events } = registry.requireExecution(executionArn).history;
      const { items, nextToken } = pageOf(reverseOrder ? events.toReversed() : events, paging);
      return { events: includeExecutionData ? items : items.map(withoutData), nextToken };
    }),
  };
}

function withoutData(event: HistoryEvent): HistoryEvent {
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) =>
      typeof value === 'object' && value !== null
        ? [key, Object.fromEntries(Object.entries(value).filter(([name]) => !DATA_KEYS.has(name)))]
        : [key, value],
    ),
  ) as HistoryEvent;
}
