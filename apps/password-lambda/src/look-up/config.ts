import * as z from 'zod';

const schema = z.object({ PARAMETER_PREFIX: z.string().startsWith('/') });

/** Where the function finds parameters: its settings from the environment. */
export interface LookUpConfig {
  readonly parameterPrefix: string;
}

/** The environment, checked. */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): LookUpConfig {
  const { PARAMETER_PREFIX: parameterPrefix } = schema.parse(env);
  return { parameterPrefix };
}
