import type { State } from './states-language.ts';

export interface NotifyProps {
  readonly partition: string;
  readonly topicArn: string;
  /** Ends the subject: "db_backup succeeded". A subject has 100 characters at most, too few for a job id as well. */
  readonly outcome: 'succeeded' | 'failed';
  /** Goes into the message beside the job: fields of the message, as a States Language payload template. */
  readonly details: Readonly<Record<string, string>>;
  readonly next: string;
}

/** Tells the topic how the job ended. A message that cannot be sent changes nothing about that. */
export function notify({ partition, topicArn, outcome, details, next }: NotifyProps): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sns:publish`,
    Parameters: {
      TopicArn: topicArn,
      'Subject.$': `States.Format('{} ${outcome}', $.job_name)`,
      Message: {
        'job_id.$': '$$.Execution.Name',
        'job_name.$': '$.job_name',
        'database.$': '$.database',
        outcome,
        ...details,
      },
    },
    ResultPath: '$.notification',
    Retry: [
      {
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 2,
        BackoffRate: 2,
        MaxAttempts: 3,
        MaxDelaySeconds: 10,
        JitterStrategy: 'FULL',
      },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.notification', Next: next }],
    Next: next,
  };
}
