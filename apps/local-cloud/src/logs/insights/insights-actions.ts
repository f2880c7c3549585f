import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { action as anyAction } from '../../endpoint/action.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { ServiceActions } from '../../endpoint/service.ts';
import { groupNameOf } from '../group-name.ts';
import type { LogStore } from '../log-store.ts';
import { MAX_RESULTS, parseQuery } from './query.ts';
import { type Row, rowOf } from './row.ts';

const action: typeof anyAction = (schema, run) => anyAction(schema, run, 'InvalidParameterException');

interface FinishedQuery {
  results: Row[];
  matched: number;
  scanned: number;
  scannedBytes: number;
}

const startSchema = z.object({
  queryLanguage: z.literal('CWLI', 'only the language of Logs Insights itself is run here').optional(),
  logGroupName: z.string().optional(),
  logGroupNames: z.array(z.string()).max(50).default([]),
  logGroupIdentifiers: z.array(z.string()).max(50).default([]),
  // Seconds since the epoch, both included.
  startTime: z.int().min(0),
  endTime: z.int().min(0),
  queryString: z.string().max(10_000),
  limit: z.int().min(1).max(MAX_RESULTS).default(MAX_RESULTS),
});

/** Queries of Logs Insights. One runs at once, so it is complete when it is asked for. */
export function insightsActions(store: LogStore): ServiceActions {
  const queries = new Map<string, FinishedQuery>();

  const requireQuery = (queryId: string): FinishedQuery => {
    const query = queries.get(queryId);
    if (!query) throw new AwsError('ResourceNotFoundException', `Query ${queryId} does not exist`);
    return query;
  };

  const startQuery = action(startSchema, (input) => {
    const named = [input.logGroupName ?? [], input.logGroupNames, input.logGroupIdentifiers].flat();
    if (named.length === 0) throw new AwsError('InvalidParameterException', 'At least one log group is required.');
    if (input.endTime < input.startTime) {
      throw new AwsError('InvalidParameterException', 'End time should not be less than start time.');
    }
    const query = parseQuery(input.queryString);
    const rows = named
      .map((reference) => store.requireGroup(groupNameOf({ logGroupIdentifier: reference })))
      .flatMap((group) =>
        [...group.streams.values()]
          .flatMap(({ events }) => events)
          .filter(({ timestamp }) => timestamp >= input.startTime * 1000 && timestamp < (input.endTime + 1) * 1000)
          // The newest first, unless the query sorts.
          .toSorted((a, b) => b.timestamp - a.timestamp || (a.eventId < b.eventId ? 1 : -1))
          .map((event) => rowOf(event, group.name)),
      );
    const { results, matched } = query.run(rows);
    const scannedBytes = rows.reduce((total, row) => total + Buffer.byteLength(row.get('@message') ?? ''), 0);
    const queryId = randomUUID();
    queries.set(queryId, { results: results.slice(0, input.limit), matched, scanned: rows.length, scannedBytes });
    return { queryId };
  });

  const queryReference = z.object({ queryId: z.string() });

  const getQueryResults = action(queryReference, ({ queryId }) => {
    const { results, matched, scanned, scannedBytes } = requireQuery(queryId);
    return {
      queryLanguage: 'CWLI',
      status: 'Complete',
      results: results.map((row) => [...row].map(([field, value]) => ({ field, value }))),
      statistics: { recordsMatched: matched, recordsScanned: scanned, bytesScanned: scannedBytes },
    };
  });

  const stopQuery = action(queryReference, ({ queryId }) => {
    requireQuery(queryId);
    throw new AwsError('InvalidParameterException', `Query ${queryId} is not running.`);
  });

  return { StartQuery: startQuery, GetQueryResults: getQueryResults, StopQuery: stopQuery };
}
