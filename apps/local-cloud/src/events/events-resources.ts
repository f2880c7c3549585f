import { z } from 'zod';
import type { ResourceHandlers } from '../cloudformation/resource-handler.ts';
import { parseProperties } from '../cloudformation/resource-properties.ts';
import { type Account, arnOf } from '../endpoint/account.ts';
import type { Json, JsonObject } from '../endpoint/service.ts';
import { compileEventPattern } from './event-pattern.ts';
import type { Rule } from './rule.ts';

const json = z.json();
const ruleSchema = z
  .looseObject({
    Name: z.string().optional(),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    EventPattern: z.record(z.string(), json),
    EventBusName: z.literal('default').optional(),
    Targets: z
      .array(
        z
          .looseObject({
            Arn: z.string(),
            RoleArn: z.string().optional(),
            Input: z.string().optional(),
            InputPath: z.string().optional(),
          })
          .refine((target) => !('InputTransformer' in target), 'the local cloud knows no InputTransformer'),
      )
      .default([]),
  })
  .refine((rule) => !('ScheduleExpression' in rule), 'the local cloud runs no schedules');

/** Rules of templates that match events. Schedules are refused. */
export const eventsResources = (account: Account, rules: Rule[]): ResourceHandlers => ({
  'AWS::Events::Rule': ({ properties, generatedName }) => {
    const rule = parseProperties(ruleSchema, properties);
    const name = rule.Name ?? generatedName;
    const arn = arnOf(account, 'events', `rule/${name}`);
    rules.push({
      name,
      arn,
      enabled: rule.State === 'ENABLED',
      matches: compileEventPattern(rule.EventPattern),
      targets: rule.Targets.map(({ Arn, RoleArn, Input, InputPath }) => ({
        arn: Arn,
        roleArn: RoleArn,
        inputOf: (event) => (Input === undefined ? atPath(event, InputPath) : (JSON.parse(Input) as Json)),
      })),
    });
    return { ref: name, attributes: { Arn: arn } };
  },
});

/** `$.detail.status`, or the whole event. */
function atPath(event: JsonObject, path = '$'): Json {
  const steps = path.split('.').slice(1);
  return steps.reduce<Json>(
    (value, step) => (value && typeof value === 'object' && !Array.isArray(value) ? (value[step] ?? null) : null),
    event,
  );
}
