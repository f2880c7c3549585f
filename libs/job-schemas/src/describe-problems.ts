import type * as z from 'zod';

/** Every problem of a failed parse as `path: message`, in the order zod found them; the root's path is `request`. */
export function describeProblems(error: z.ZodError, root = 'request'): string[] {
  return error.issues.map((issue) => `${[root, ...issue.path.map(String)].join('.')}: ${issue.message}`);
}
