import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { contractSchema, type ContractSchema } from './contract-schema.ts';

type Options = Readonly<Record<string, ContractSchema>>;

/** The options of several jobs in one list; each option says which jobs it belongs to. */
function mergeOptions(models: readonly (readonly [string, ContractSchema])[]): Options {
  const merged: Record<string, { schema: ContractSchema; jobs: string[] }> = {};
  for (const [job, model] of models) {
    for (const [name, schema] of Object.entries(model.properties ?? {})) {
      const known = (merged[name] ??= { schema, jobs: [] });
      if (!isDeepStrictEqual(known.schema, schema)) {
        throw new Error(
          `The option ${name} differs between ${known.jobs.join(', ')} and ${job}. One model checks the requests of all jobs: give the option the same schema in libs/job-schemas, or another name.`,
        );
      }
      known.jobs.push(job);
    }
  }
  return Object.fromEntries(
    Object.entries(merged).map(([name, { schema, jobs }]) => [
      name,
      { ...schema, description: `${schema.description ?? name} (${jobs.join(', ')})` },
    ]),
  );
}

/** Names of the options of all jobs, each once, in the order of the schemas. */
export function jobOptionNames(optionsSchemas: Readonly<Record<string, z.ZodType>>): string[] {
  return [
    ...new Set(Object.values(optionsSchemas).flatMap((schema) => Object.keys(contractSchema(schema).properties ?? {}))),
  ];
}

/** Required of every job: what only some require is checked by the workflow. */
function requiredByAll(models: readonly ContractSchema[]): string[] {
  const [first, ...others] = models.map(({ required = [] }) => required);
  return (first ?? []).filter((name) => others.every((required) => required.includes(name)));
}

/**
 * The model that API Gateway checks a job request against. It is flat on purpose: for `oneOf` API Gateway's validator
 * says only that nothing matched, for a flat model it names every field that is wrong. Which options go with which
 * job is checked by the workflow.
 */
export function jobRequestModel(optionsSchemas: Readonly<Record<string, z.ZodType>>): ContractSchema {
  const models = Object.entries(optionsSchemas).map(([job, schema]) => [job, contractSchema(schema)] as const);
  const required = requiredByAll(models.map(([, model]) => model));
  return {
    type: 'object',
    additionalProperties: false,
    required: ['job_name', 'job_options'],
    properties: {
      job_name: { type: 'string', enum: Object.keys(optionsSchemas) },
      job_options: {
        type: 'object',
        additionalProperties: false,
        // Draft 4 has no empty `required`.
        ...(required.length > 0 && { required }),
        properties: mergeOptions(models),
      },
    },
  };
}
