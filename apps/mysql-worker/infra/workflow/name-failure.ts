import type { ErrorCode } from '@serverless-ops/job-schemas';
import { FAILED, type State, type States } from '@serverless-ops/workflow-kit';

/** Where a failure goes whose error may be a name of AWS: it leaves with a code of our list. */
export const NAME_FAILURE = 'NameFailure';

/**
 * Gives failures that AWS names itself a code of our list, and keeps the name and the cause of AWS in the cause: errors of
 * the ECS integration become `TaskNotStarted`, errors of Step Functions `InternalError`. What the worker reports has its
 * code already.
 */
export function nameFailureStates(): States {
  const errorLike = (pattern: string): object => ({ Variable: '$.failure.Error', StringMatches: pattern });
  return {
    [NAME_FAILURE]: {
      Type: 'Choice',
      Choices: [
        { Or: [errorLike('ECS.*'), errorLike('AmazonECS.*')], Next: 'TaskNotStarted' },
        { ...errorLike('States.*'), Next: 'StepFunctionsFailed' },
      ],
      Default: FAILED,
    },
    TaskNotStarted: named(
      'TaskNotStarted',
      'ECS started no task for the job. It answered {}: {} Correct what the answer names (the cluster, the settings of ' +
        'tasks.fargate.mysql_worker, a quota of Fargate, a right of the workflow) and deploy, then order the job again.',
    ),
    StepFunctionsFailed: named(
      'InternalError',
      'Step Functions could not run the job. It reports {}: {} Read the history of this execution. If it names a missing ' +
        'right or resource, deploy again; otherwise report it with the history.',
    ),
  };
}

/** A code and a cause in the place of those of AWS, which the cause repeats. */
function named(error: ErrorCode, cause: string): State {
  return {
    Type: 'Pass',
    Parameters: {
      Error: error,
      'Cause.$': `States.Format('${cause}', $.failure.Error, $.failure.Cause)`,
    },
    ResultPath: '$.failure',
    Next: FAILED,
  };
}
