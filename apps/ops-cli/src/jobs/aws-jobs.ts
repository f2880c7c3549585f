import { StartSyncExecutionCommand, StopExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { describeAwsProblem } from '@serverless-ops/aws-problem';
import { JOB_ROUTES, type JobRequest, type JobStateMachine } from '@serverless-ops/job-schemas';
import { resourceNames } from '@serverless-ops/names';
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import { AwsRefusedError, OrderUnknownError } from '../errors.ts';
import type { OtherEndpoint } from '../other-endpoint.ts';
import type { Jobs, JobStatus } from './jobs.ts';

/** What a workflow behind the API answers when it refuses: RFC 9457. */
interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
}

/** Status of the problem `unavailable`: a service behind the workflow did not answer. */
const UNAVAILABLE = 503;

export interface AwsJobsOptions {
  readonly stepFunctions: SFNClient;
  readonly sts: STSClient;
  readonly namePrefix: string;
  /** Where the clients send their calls. @default AWS */
  readonly endpoint?: OtherEndpoint;
  readonly now: () => Date;
}

/** Jobs over the Express workflows that the API calls, too: what holds for an order there holds here. */
export function createAwsJobs({ stepFunctions, sts, namePrefix, endpoint, now }: AwsJobsOptions): Jobs {
  const names = resourceNames(namePrefix);
  let account: Promise<string> | undefined;

  const asked = async <Answer>(doing: string, answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      const address = endpoint?.address();
      throw new AwsRefusedError(describeAwsProblem(error, doing, address === undefined ? {} : { address }), {
        mayPass: isPassing(error),
      });
    });
  /** `arn:aws:states:eu-central-1:111111111111`, of the account that the credentials are for. */
  const statesArn = (): Promise<string> =>
    (account ??= asked(
      'tell whose account this is',
      sts.send(new GetCallerIdentityCommand()).then(async ({ Account = '', Arn = '' }) => {
        const partition = Arn.split(':')[1] ?? 'aws';
        return `arn:${partition}:states:${await stepFunctions.config.region()}:${Account}`;
      }),
    ).catch((error: unknown) => {
      account = undefined;
      throw error;
    }));
  const askWorkflow = async (name: string, input: object, doing: string): Promise<unknown> => {
    const command = new StartSyncExecutionCommand({
      stateMachineArn: `${await statesArn()}:stateMachine:${name}`,
      input: JSON.stringify(input),
    });
    const { status, output = '', error, cause } = await asked(doing, stepFunctions.send(command));
    if (status !== 'SUCCEEDED') {
      throw new AwsRefusedError(`AWS did not ${doing} (${error ?? String(status)}: ${cause ?? 'no cause'}).`, {
        // What AWS refuses to the workflow has a name of its service.
        mayPass: status === 'TIMED_OUT' || error?.startsWith('Sfn.') === true,
      });
    }
    const answer = JSON.parse(output) as object;
    if ('title' in answer) {
      const { status: code, title, detail } = answer as Problem;
      throw new AwsRefusedError(`${title}. ${detail}`, { mayPass: code === UNAVAILABLE });
    }
    return answer;
  };

  return {
    async order(order: JobRequest, id: string) {
      const arn = await statesArn();
      const input = {
        ...{ id, order: JSON.stringify(order), job_name: order.job_name, self: `/jobs/${id}`, request_id: id },
        ordered_at: String(Math.floor(now().getTime() / 1000)),
        job_state_machine: `${arn}:stateMachine:${names[JOB_ROUTES[order.job_name]]}`,
      };
      await askWorkflow(names.startJobStateMachine, input, `start the job ${id}`).catch((error: unknown) => {
        throw error instanceof AwsRefusedError && error.mayPass ? orderUnknown(error, id) : error;
      });
    },
    async status(id) {
      const input = { id, self: `/jobs/${id}`, request_id: id };
      return (await askWorkflow(names.jobStatusStateMachine, input, `tell about the job ${id}`)) as JobStatus;
    },
    async stop({ id, job_name = '' }) {
      const machine = (JOB_ROUTES as Readonly<Partial<Record<string, JobStateMachine>>>)[job_name];
      if (machine === undefined) {
        throw new AwsRefusedError(
          `The job ${id} does not say which kind it is, so ops cannot stop it. Stop its execution in Step Functions.`,
        );
      }
      const command = new StopExecutionCommand({
        executionArn: `${await statesArn()}:execution:${names[machine]}:${id}`,
        error: 'Stopped',
        cause: 'Stopped with the ops command.',
      });
      await asked(`stop the job ${id}`, stepFunctions.send(command));
    },
  };
}

/** Throttling, a fault of the service, or no answer. */
function isPassing(error: unknown): boolean {
  const thrown = error as Parameters<typeof isTransientError>[0];
  return isThrottlingError(thrown) || isTransientError(thrown);
}

/** An answer that is lost says nothing about what was done. */
function orderUnknown({ message }: AwsRefusedError, id: string): OrderUnknownError {
  return new OrderUnknownError(
    `${message} The job ${id} may have been ordered. To find out: npx ops watch ${id}. ` +
      `To order it, repeat the order with --id ${id}: it starts nothing twice.`,
  );
}
