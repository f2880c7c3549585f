/** Limits of Parameter Store (AWS Systems Manager). */
export const PARAMETER_STORE_LIMITS = {
  /** Characters of the value of a standard parameter. (model, PutParameter; the error says "4096 characters") */
  standardValueCharacters: 4096,
  /** Levels of a parameter's name. (model, PutParameter: "a maximum depth of fifteen levels") */
  nameLevels: 15,
  /**
   * Characters of a parameter's name together with what is before it in its ARN,
   * `arn:aws:ssm:eu-west-1:111122223333:parameter`. (model, PutParameter: 1011; the reported 2,048 include a reserve)
   */
  nameCharactersWithArn: 1011,
  /** Characters of `Path` or `Name` that a call may send at all. (model, PSParameterName) */
  requestNameCharacters: 2048,
  /** Parameters of one page of GetParametersByPath. (model, GetParametersByPathMaxResults) */
  parametersByPathPage: 10,
  /** Names of one GetParameters or DeleteParameters call. (model, ParameterNameList) */
  namesPerCall: 10,
  /** Characters of a parameter's description. (model, ParameterDescription) */
  descriptionCharacters: 1024,
} as const;

/**
 * Why Parameter Store refuses a name; `undefined` for a good one. (model, PutParameter, "Naming Constraints")
 *
 * @param arnPrefix What is before the name in its ARN: `arn:aws:ssm:us-east-2:111122223333:parameter`.
 */
export function parameterNameProblem(name: string, arnPrefix: string): string | undefined {
  const { nameLevels, nameCharactersWithArn } = PARAMETER_STORE_LIMITS;
  const levels = name.split('/').filter((level) => level !== '');
  if (levels.length === 0) return 'a parameter name must not be empty';
  const wrong = /[^A-Za-z0-9_.\-/]/u.exec(name)?.[0];
  if (wrong !== undefined) {
    return `a parameter name has letters, digits, "_", ".", "-" and "/" only, this one has ${JSON.stringify(wrong)}`;
  }
  if (name.includes('/') && !name.startsWith('/')) return 'a parameter name with levels must begin with "/"';
  if (name.endsWith('/') || name.includes('//')) return 'a level of a parameter name must not be empty';
  if (/^(aws|ssm)/i.test(levels[0] ?? '')) return 'a parameter name must not begin with "aws" or "ssm"';
  if (levels.length > nameLevels) {
    return `a parameter name has at most ${nameLevels} levels, this one has ${levels.length}`;
  }
  const length = arnPrefix.length + name.length + (name.startsWith('/') ? 0 : 1);
  if (length > nameCharactersWithArn) {
    return `a parameter name has at most ${nameCharactersWithArn} characters with its ARN, this one has ${length}`;
  }
  return undefined;
}

/**
 * Why Parameter Store refuses a value whatever its length; `undefined` for a good one. ("You can't include values wrapped
 * in double brackets {{}} or {{ssm:parameter-name}} in a parameter value": model, PutParameter, Value)
 */
export function parameterValueProblem(value: string): string | undefined {
  return /\{\{.*\}\}/s.test(value) ? 'holds "{{...}}", which Parameter Store does not take' : undefined;
}
