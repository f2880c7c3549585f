import { problem, type ProblemName } from './problems.ts';

/** A value of a state as States Language's payload templates name it: a path, or an intrinsic function. */
type Reference = string;

export interface ProblemStateProps {
  readonly problem: ProblemName;
  /** Text, or with `{}` in it for each of `values` a text that States.Format fills in. */
  readonly detail: string;
  /** @default none */
  readonly values?: readonly Reference[];
  /** Where the job is that the problem is about. @default none */
  readonly job?: Reference;
}

/** A state that ends an Express workflow with a problem document; it reads `$.request_id`. */
export function problemState({ problem: name, detail, values = [], job }: ProblemStateProps) {
  const { instance, detail: text, ...document } = problem(name, detail);
  return {
    Type: 'Pass',
    Parameters: {
      ...document,
      ...(values.length > 0 ? { 'detail.$': `States.Format('${text}', ${values.join(', ')})` } : { detail: text }),
      'instance.$': `States.Format('${instance.replace('$context.requestId', '{}')}', $.request_id)`,
      ...(job !== undefined && { links: { 'self.$': job } }),
    },
    End: true,
  };
}
