import { parameterNameProblem, PARAMETER_STORE_LIMITS, parameterValueProblem } from '@serverless-ops/aws-limits';
import { SsmError } from './ssm-error.ts';

export type ParameterTier = 'Advanced' | 'Standard';

/** "The maximum size of a parameter value is 8 KB" (user guide, "Managing parameter tiers"). */
const ADVANCED_VALUE_CHARACTERS = 8192;

/** Refuses a name that Parameter Store refuses, with its code for each reason. */
export function checkName(name: string, arnPrefix: string): void {
  const problem = parameterNameProblem(name, arnPrefix);
  if (problem === undefined) return;
  if (/^\/?aws/i.test(name))
    throw new SsmError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  if (problem.includes(' levels, this one has')) {
    const message = `A hierarchy can have a maximum of ${PARAMETER_STORE_LIMITS.nameLevels} levels. You specified more.`;
    throw new SsmError('HierarchyLevelLimitExceededException', message);
  }
  throw new SsmError('ValidationException', `Parameter name ${name} is not valid: ${problem}.`);
}

/** Refuses a value that is too long for its tier, and answers the tier that it is stored in. */
export function checkValue(value: string, asked: ParameterTier | 'Intelligent-Tiering'): ParameterTier {
  if (value === '') throw new SsmError('ValidationException', 'Parameter value must not be empty.');
  const problem = parameterValueProblem(value);
  if (problem !== undefined) throw new SsmError('ValidationException', `Parameter value ${problem}.`);
  const fitsStandard = value.length <= PARAMETER_STORE_LIMITS.standardValueCharacters;
  const tier = asked === 'Intelligent-Tiering' ? (fitsStandard ? 'Standard' : 'Advanced') : asked;
  if (tier === 'Standard' && !fitsStandard) {
    throw new SsmError(
      'ValidationException',
      `Standard tier parameters support a maximum parameter value of ${PARAMETER_STORE_LIMITS.standardValueCharacters} ` +
        'characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.',
    );
  }
  if (value.length > ADVANCED_VALUE_CHARACTERS) {
    throw new SsmError(
      'ValidationException',
      `Advanced tier parameters support a maximum parameter value of ${ADVANCED_VALUE_CHARACTERS} characters.`,
    );
  }
  return tier;
}
