import { randomUUID } from 'node:crypto';
import { EVENT_BRIDGE_LIMITS } from '@serverless-ops/aws-limits';
import { z } from 'zod';
import { type Account, arnOf } from '../endpoint/account.ts';
import { action } from '../endpoint/action.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsService } from '../endpoint/aws-service.ts';
import type { EmitEvent, JsonObject } from '../endpoint/service.ts';
import type { Rule } from './rule.ts';

const entrySchema = z.object({
  Source: z.string(),
  DetailType: z.string(),
  Detail: z.string(),
  Resources: z.array(z.string()).default([]),
});

/** Putting events on the default bus, and showing its rules. */
export function createEventsService(account: Account, rules: readonly Rule[], emit: EmitEvent): AwsService {
  const putEvents = action(z.object({ Entries: z.array(entrySchema).min(1).max(10) }), ({ Entries }) => {
    checkSize(Entries);
    const ids = Entries.map(({ Source, DetailType, Detail, Resources }) => {
      emit({ source: Source, 'detail-type': DetailType, resources: Resources, detail: parseDetail(Detail) });
      return { EventId: randomUUID() };
    });
    return { FailedEntryCount: 0, Entries: ids };
  });

  const listRules = action(z.object({ NamePrefix: z.string().default('') }), ({ NamePrefix }) => ({
    Rules: rules
      .filter(({ name }) => name.startsWith(NamePrefix))
      .map(({ name, arn, enabled }) => ({
        Name: name,
        Arn: arn,
        State: enabled ? 'ENABLED' : 'DISABLED',
        EventBusName: 'default',
      })),
  }));

  return {
    name: 'events',
    actions: { PutEvents: putEvents, ListRules: listRules },
    permissions: (actionName) => [
      { action: `events:${actionName}`, resource: arnOf(account, 'events', 'event-bus/default') },
    ],
  };
}

/** As PutEvents counts: the text of every field in UTF-8 (user guide, "Calculating PutEvents event entry size"). */
function checkSize(entries: z.output<typeof entrySchema>[]): void {
  const texts = entries.flatMap(({ Source, DetailType, Detail, Resources }) => [
    Source,
    DetailType,
    Detail,
    ...Resources,
  ]);
  const bytes = texts.reduce((total, text) => total + Buffer.byteLength(text), 0);
  if (bytes < EVENT_BRIDGE_LIMITS.eventBytesBelow) return;
  throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
}

function parseDetail(text: string): JsonObject {
  try {
    return z.record(z.string(), z.json()).parse(JSON.parse(text));
  } catch (error) {
    const refusal = new AwsError('ValidationException', 'Detail is malformed: it must be a JSON object.');
    refusal.cause = error;
    throw refusal;
  }
}
