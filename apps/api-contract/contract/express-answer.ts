import { mappingTemplate } from './mapping-template.ts';
import { problem, PROBLEM_MEDIA_TYPE } from './problems.ts';
import type { Refusal } from './refusal-template.ts';
import { UNAVAILABLE } from './step-functions-integration.ts';

/**
 * Response template for what StartSyncExecution answers for one of our Express workflows. The workflow's output is the
 * body of the answer, or a problem document.
 *
 * @param answer Velocity text for an output that is no problem; it finds the output in `$body`.
 * @param failures What is answered when the workflow itself failed under such an error. @default 503
 */
export function expressAnswer(answer: string, failures: readonly Refusal[] = []): string {
  return mappingTemplate('express.response.vtl', {
    answer,
    failures: failures.map(failureBlock).join('\n'),
    problemMediaType: PROBLEM_MEDIA_TYPE,
    unavailable: JSON.stringify(UNAVAILABLE, undefined, 2),
    unavailableStatus: String(UNAVAILABLE.status),
  });
}

function failureBlock({ errors, problem: name, detail }: Refusal): string {
  const document = problem(name, detail);
  return [
    `#elseif(${errors.map((error) => `$input.path('$.error') == '${error}'`).join(' || ')})`,
    `#set($context.responseOverride.status = ${document.status})`,
    `#set($context.responseOverride.header.Content-Type = '${PROBLEM_MEDIA_TYPE}')`,
    JSON.stringify(document, undefined, 2),
  ].join('\n');
}
