import { GetExecutionHistoryCommand, type SFNClient } from '@aws-sdk/client-sfn';

/** A published notification is followed by four events at most: the end of its state, the last state, its end. */
const LAST_EVENTS = 20;

/**
 * Whether the states of an execution have published how the job ended. Only the history says it: an error of Step
 * Functions itself (`States.*`) may have been caught and published, or have ended the execution at once.
 *
 * @throws Error while the history has no end yet: EventBridge can be faster than the history.
 */
export async function wasAnnounced(executionArn: string, sfn: SFNClient): Promise<boolean> {
  const { events = [] } = await sfn.send(
    new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      includeExecutionData: false,
      maxResults: LAST_EVENTS,
    }),
  );
  if (!/^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(events[0]?.type ?? '')) {
    throw new Error(`The history of ${executionArn} does not show its end yet. Lambda calls this function again.`);
  }
  return events.some(
    ({ type, taskSucceededEventDetails }) =>
      type === 'TaskSucceeded' && taskSucceededEventDetails?.resourceType === 'sns',
  );
}
