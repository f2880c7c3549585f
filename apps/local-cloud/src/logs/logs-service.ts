import { z } from 'zod';
import { type Account, arnOf } from '../endpoint/account.ts';
import { action as anyAction } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import { page } from '../endpoint/page.ts';
import type { JsonObject } from '../endpoint/service.ts';
import type { Permission } from '../iam/permission.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { groupNameOf } from './group-name.ts';
import { insightsActions } from './insights/insights-actions.ts';
import type { LogEvent, LogGroup, LogStore, LogStream } from './log-store.ts';

const INVALID = 'InvalidParameterException';
const token = z.string().optional();
const unixMs = z.int().min(0).optional();
/** Either the name of a group or its identifier, which may be its name too, or its ARN. */
const groupReference = { logGroupName: z.string().optional(), logGroupIdentifier: z.string().optional() };

const action: typeof anyAction = (schema, run) => anyAction(schema, run, INVALID);

/** CloudWatch Logs: what reads logs, and what writes them for a caller other than our containers. */
export function createLogsService(account: Account, store: LogStore): AwsService {
  const groupArn = (name: string): string => arnOf(account, 'logs', `log-group:${name}`);

  const describeLogGroups = action(
    z.object({
      logGroupNamePrefix: z.string().optional(),
      logGroupNamePattern: z.string().optional(),
      limit: z.int().min(1).max(50).default(50),
      nextToken: token,
    }),
    ({ logGroupNamePrefix = '', logGroupNamePattern = '', limit, nextToken }) => {
      const groups = store
        .listGroups()
        .filter(({ name }) => name.startsWith(logGroupNamePrefix) && name.includes(logGroupNamePattern));
      const found = page(groups, { size: limit, token: nextToken }, INVALID);
      return {
        logGroups: found.items.map((group) => describeGroup(group, groupArn(group.name))),
        nextToken: found.nextToken,
      };
    },
  );

  const describeLogStreams = action(
    z.object({
      ...groupReference,
      logStreamNamePrefix: z.string().optional(),
      orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
      descending: z.boolean().default(false),
      limit: z.int().min(1).max(50).default(50),
      nextToken: token,
    }),
    (input) => {
      const group = store.requireGroup(groupNameOf(input));
      const { logStreamNamePrefix = '', orderBy, descending } = input;
      const streams = [...group.streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix));
      streams.sort(orderBy === 'LastEventTime' ? byLastEvent : byName);
      if (descending) streams.reverse();
      const found = page(streams, { size: input.limit, token: input.nextToken }, INVALID);
      return {
        logStreams: found.items.map((stream) => describeStream(stream, groupArn(group.name))),
        nextToken: found.nextToken,
      };
    },
  );

  const getLogEvents = action(
    z.object({
      ...groupReference,
      logStreamName: z.string(),
      startTime: unixMs,
      endTime: unixMs,
      limit: z.int().min(1).max(10_000).default(10_000),
      nextToken: token,
      startFromHead: z.boolean().default(false),
    }),
    (input) => {
      const stream = store.requireStream(groupNameOf(input), input.logStreamName);
      const events = stream.events.filter((event) => isWithin(event, input));
      const { first, last } = windowOf(events.length, input);
      return {
        events: events.slice(first, last).map(({ timestamp, message, ingestionTime }) => ({
          timestamp,
          message,
          ingestionTime,
        })),
        nextForwardToken: `f/${String(last)}`,
        nextBackwardToken: `b/${String(first)}`,
      };
    },
  );

  const filterLogEvents = action(
    z.object({
      ...groupReference,
      logStreamNames: z.array(z.string()).optional(),
      logStreamNamePrefix: z.string().optional(),
      startTime: unixMs,
      endTime: unixMs,
      filterPattern: z.string().default(''),
      limit: z.int().min(1).max(10_000).default(10_000),
      nextToken: token,
    }),
    (input) => {
      const group = store.requireGroup(groupNameOf(input));
      const matches = parseFilterPattern(input.filterPattern);
      const events = streamsOf(group, input)
        .flatMap((stream) => stream.events)
        .filter((event) => isWithin(event, input) && matches(event.message))
        .sort((a, b) => a.timestamp - b.timestamp || (a.eventId < b.eventId ? -1 : 1));
      const found = page(events, { size: input.limit, token: input.nextToken }, INVALID);
      return {
        events: found.items.map(({ streamName, ...event }) => ({ logStreamName: streamName, ...event })),
        searchedLogStreams: [],
        nextToken: found.nextToken,
      };
    },
  );

  const putLogEvents = action(
    z.object({
      logGroupName: z.string(),
      logStreamName: z.string(),
      logEvents: z.array(z.object({ timestamp: z.int(), message: z.string().min(1) })).min(1),
    }),
    ({ logGroupName, logStreamName, logEvents }) => {
      store.requireStream(logGroupName, logStreamName);
      for (const { message, timestamp } of logEvents) store.write(logGroupName, logStreamName, message, timestamp);
      return {};
    },
  );

  const createLogStream = action(z.object({ logGroupName: z.string(), logStreamName: z.string() }), (input) => {
    store.createStream(input.logGroupName, input.logStreamName);
    return {};
  });

  return {
    name: 'logs',
    actions: {
      DescribeLogGroups: describeLogGroups,
      DescribeLogStreams: describeLogStreams,
      GetLogEvents: getLogEvents,
      FilterLogEvents: filterLogEvents,
      PutLogEvents: putLogEvents,
      CreateLogStream: createLogStream,
      ...insightsActions(store),
    },
    permissions: (actionName, input) => logsPermissions(account, actionName, input),
  };
}

/** A query needs a right on each of its groups; one that has started is no resource of IAM's. */
function logsPermissions(account: Account, actionName: string, input: JsonObject): Permission[] {
  const action = `logs:${actionName}`;
  if (actionName === 'GetQueryResults' || actionName === 'StopQuery') return [{ action, resource: '*' }];
  const listed = [input['logGroupNames'], input['logGroupIdentifiers']]
    .flat()
    .filter((each) => typeof each === 'string');
  if (listed.length === 0) return [{ action, resource: logsResource(account, input) }];
  return listed.map((each) => ({ action, resource: logsResource(account, { logGroupIdentifier: each }) }));
}

/** IAM writes a group as a stream without a name. */
function logsResource(account: Account, input: JsonObject): string {
  const { logGroupName, logGroupIdentifier, logStreamName } = input;
  const group = logGroupName === undefined && logGroupIdentifier === undefined ? '' : groupNameOf(input);
  const stream = typeof logStreamName === 'string' ? logStreamName : '';
  return arnOf(account, 'logs', `log-group:${group}:log-stream:${stream}`);
}

const isWithin = (
  { timestamp }: LogEvent,
  { startTime = 0, endTime = Infinity }: { startTime?: number | undefined; endTime?: number | undefined },
): boolean => timestamp >= startTime && timestamp < endTime;

/** Positions that a call of GetLogEvents reads: after a forward token, before a backward one, else from an end. */
function windowOf(
  length: number,
  { limit, nextToken, startFromHead }: { limit: number; nextToken?: string | undefined; startFromHead: boolean },
): { first: number; last: number } {
  const [direction, position] = nextToken?.split('/') ?? [startFromHead ? 'f' : 'b', startFromHead ? 0 : length];
  const at = Number(position);
  if (!Number.isInteger(at) || (direction !== 'f' && direction !== 'b')) {
    throw new AwsError(INVALID, 'The specified nextToken is invalid.');
  }
  return direction === 'f'
    ? { first: at, last: Math.min(length, at + limit) }
    : { first: Math.max(0, at - limit), last: at };
}

function streamsOf(
  group: LogGroup,
  input: { logStreamNames?: string[] | undefined; logStreamNamePrefix?: string | undefined },
): LogStream[] {
  const { logStreamNames, logStreamNamePrefix = '' } = input;
  const missing = logStreamNames?.find((name) => !group.streams.has(name));
  if (missing !== undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  return [...group.streams.values()].filter(
    ({ name }) => (logStreamNames?.includes(name) ?? true) && name.startsWith(logStreamNamePrefix),
  );
}

const lastTimestamp = ({ events, createdAt }: LogStream): number => events.at(-1)?.timestamp ?? createdAt;
const byLastEvent = (a: LogStream, b: LogStream): number => lastTimestamp(a) - lastTimestamp(b);
const byName = (a: LogStream, b: LogStream): number => (a.name < b.name ? -1 : 1);

const describeGroup = ({ name, createdAt, retentionInDays, kmsKeyId }: LogGroup, arn: string) => ({
  logGroupName: name,
  creationTime: createdAt,
  retentionInDays,
  metricFilterCount: 0,
  arn: `${arn}:*`,
  logGroupArn: arn,
  kmsKeyId,
  storedBytes: 0,
  logGroupClass: 'STANDARD',
});

const describeStream = ({ name, createdAt, events }: LogStream, groupArn: string) => ({
  logStreamName: name,
  creationTime: createdAt,
  firstEventTimestamp: events[0]?.timestamp,
  lastEventTimestamp: events.at(-1)?.timestamp,
  lastIngestionTime: events.at(-1)?.ingestionTime,
  arn: `${groupArn}:log-stream:${name}`,
  storedBytes: 0,
});
