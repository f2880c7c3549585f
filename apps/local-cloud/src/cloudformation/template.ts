import { z } from 'zod';
import type { Json } from '../endpoint/service.ts';

const json: z.ZodType<Json> = z.json();

const parameterSchema = z.looseObject({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() });

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), json).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
  Condition: z.string().optional(),
});

const outputSchema = z.looseObject({
  Value: json,
  Condition: z.string().optional(),
  Description: z.string().optional(),
});

/** A CloudFormation template, as far as running it needs; rules, metadata and the like are not read. */
export const templateSchema = z.looseObject({
  Parameters: z.record(z.string(), parameterSchema).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), json))).default({}),
  Conditions: z.record(z.string(), json).default({}),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), outputSchema).default({}),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateResource = z.output<typeof resourceSchema>;
