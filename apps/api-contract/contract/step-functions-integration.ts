import type { ApiDeployment } from './api-deployment.ts';
import { problem, PROBLEM_MEDIA_TYPE, PROBLEMS } from './problems.ts';
import { refusalTemplate, type Refusal } from './refusal-template.ts';

interface StepFunctionsCall {
  readonly action: 'StartExecution' | 'StartSyncExecution' | 'DescribeExecution';
  /** Velocity templates of the request to Step Functions, and of the answer when it went well. */
  readonly request: string;
  readonly response: string;
  /** Status of the answer when it went well. */
  readonly status: number;
  readonly refusals: readonly Refusal[];
  /** Velocity that `refusals` builds on. Absent: none. */
  readonly refusalPreamble?: string;
}

const json = (template: string) => ({ 'application/json': template });

const asProblem = { 'method.response.header.Content-Type': `'${PROBLEM_MEDIA_TYPE}'` };

/**
 * The value of `x-amazon-apigateway-integration`: API Gateway calls Step Functions itself. A body that is not JSON
 * never gets there (`passthroughBehavior`), and an answer that is an error never looks like a success.
 */
export function stepFunctionsIntegration({ partition, region, roleArn }: ApiDeployment, call: StepFunctionsCall) {
  return {
    type: 'aws',
    httpMethod: 'POST',
    uri: `arn:${partition}:apigateway:${region}:states:action/${call.action}`,
    credentials: roleArn,
    passthroughBehavior: 'never',
    requestTemplates: json(call.request),
    responses: {
      default: { statusCode: String(call.status), responseTemplates: json(call.response) },
      '4\\d{2}': {
        statusCode: String(PROBLEMS['internal-error'].status),
        responseParameters: asProblem,
        responseTemplates: json(refusalTemplate(call.refusals, call.refusalPreamble)),
      },
      '5\\d{2}': {
        statusCode: String(PROBLEMS.unavailable.status),
        responseParameters: asProblem,
        responseTemplates: json(JSON.stringify(UNAVAILABLE, undefined, 2)),
      },
    },
  };
}

/** The problem when Step Functions is there but does not do what was asked. */
export const UNAVAILABLE = problem(
  'unavailable',
  'Step Functions did not answer. Repeat the request a little later; with an Idempotency-Key no job runs twice.',
);

/** Step Functions limits us: the same for every method. */
export const THROTTLED: Refusal = {
  errors: ['ThrottlingException'],
  problem: 'too-many-requests',
  detail: 'Step Functions limits how often it is asked. Repeat the request a few seconds later.',
};
