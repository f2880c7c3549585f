import { setTimeout as delay } from 'node:timers/promises';
import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { JobError, type ErrorCode } from '@serverless-ops/job-schemas';
import { ENVIRONMENT } from '@serverless-ops/names';
import * as z from 'zod';

/**
 * Waits between attempts, in ms: about half a minute in all. An execution that has just begun may not be visible yet
 * ("DescribeExecution is eventually consistent", Step Functions API reference), and many jobs at once are throttled:
 * 15 calls a second are allowed for a whole account, in smaller regions 10.
 */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000];

/** What asking again does not change. */
const REFUSALS = ['InvalidArn', 'ValidationException'];

const orderSchema = z.looseObject({ job_options: z.unknown() });

export interface ExecutionOrderRequest {
  client: SFNClient;
  /** Of the execution of the worker's workflow that the job belongs to. */
  executionArn: string;
  /** @default real time, with a random part so that jobs that were throttled together do not return together */
  wait?: (maxMs: number) => Promise<unknown>;
}

/**
 * The `job_options` that an execution was started with.
 * @throws JobError InvalidRequest, AccessDenied, ServiceThrottled, ServiceUnreachable
 */
export async function readExecutionOrder(request: ExecutionOrderRequest): Promise<unknown> {
  const { client, executionArn, wait = waitAtMost } = request;
  const command = new DescribeExecutionCommand({ executionArn });
  for (const waitMs of [...WAITS_MS, undefined]) {
    try {
      const { input } = await client.send(command);
      return parseOrder(input, executionArn);
    } catch (error) {
      if (error instanceof JobError) throw error;
      if (waitMs === undefined || !mayPass(error)) throw unreadable(error, executionArn);
      await wait(waitMs);
    }
  }
  throw new Error('unreachable: the last attempt returns or throws');
}

function parseOrder(input: string | undefined, executionArn: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(input ?? '');
  } catch {
    parsed = undefined;
  }
  const order = orderSchema.safeParse(parsed);
  if (order.success && order.data.job_options !== undefined) return order.data.job_options;
  throw new JobError(
    'InvalidRequest',
    `The execution ${executionArn} was started without job_options. ${ENVIRONMENT.executionArn} has to name an ` +
      "execution of the worker's workflow. Order the job there.",
  );
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

const isDenied = (error: unknown): boolean => nameOf(error).startsWith('AccessDenied');

const mayPass = (error: unknown): boolean => !isDenied(error) && !REFUSALS.includes(nameOf(error));

function unreadable(cause: unknown, executionArn: string): JobError {
  const said = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const { code, advice } = meaningOf(cause);
  const what = `The options of the job could not be read from the execution ${executionArn}: ${said}.`;
  return new JobError(code, `${what} ${advice}`, { cause });
}

function meaningOf(cause: unknown): { code: ErrorCode; advice: string } {
  if (isDenied(cause)) {
    const advice = "Allow the job's role states:DescribeExecution on the executions of the worker's state machine.";
    return { code: 'AccessDenied', advice };
  }
  if (nameOf(cause) === 'ExecutionDoesNotExist' || REFUSALS.includes(nameOf(cause))) {
    const advice = `Correct ${ENVIRONMENT.executionArn}, or give the options in ${ENVIRONMENT.jobOptions}.`;
    return { code: 'InvalidRequest', advice };
  }
  if (wasAnswered(cause)) return { code: 'ServiceThrottled', advice: 'Order the job again a little later.' };
  const advice = 'Look whether the subnets of the task reach Step Functions, then order the job again.';
  return { code: 'ServiceUnreachable', advice };
}

const wasAnswered = (cause: unknown): boolean =>
  (cause as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined;

const waitAtMost = (maxMs: number): Promise<void> => delay(maxMs / 2 + (Math.random() * maxMs) / 2);
