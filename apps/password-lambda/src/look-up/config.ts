import * as z from 'zod';

const schema = z.object({ PARAMETER_PREFIX: z.string().startsWith('/') });

/** What the function is told about where parameters stand. */
export interface LookUpConfig {
  readonly parameterPrefix: string;
}

/** The environment, checked. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): LookUpConfig {
  const { PARAMETER_PREFIX: parameterPrefix } = schema.parse(env);
  return { parameterPrefix };
}
