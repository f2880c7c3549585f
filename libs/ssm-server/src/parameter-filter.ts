import { z } from 'zod';
import type { StoredParameter } from './parameter-store.ts';

/** A filter of DescribeParameters. */
export const parameterFilterSchema = z.object({
  Key: z.enum(['Name', 'Type', 'Path']),
  Option: z.string().optional(),
  Values: z.array(z.string()),
});

/** Whether a parameter passes a filter of DescribeParameters. */
export function passes(
  parameter: StoredParameter,
  { Key, Option, Values }: z.output<typeof parameterFilterSchema>,
): boolean {
  switch (Key) {
    case 'Type':
      return Values.includes(parameter.type);
    case 'Path':
      return Values.some((path) => parameter.name.startsWith(path.endsWith('/') ? path : `${path}/`));
    case 'Name':
      return Values.some((value) => {
        if (Option === 'BeginsWith') return parameter.name.startsWith(value);
        return Option === 'Contains' ? parameter.name.includes(value) : parameter.name === value;
      });
  }
}
