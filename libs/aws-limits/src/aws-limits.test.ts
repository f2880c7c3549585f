import { executionNameProblem, parameterNameProblem } from './index.ts';

describe('the name of an execution', () => {
  it.each(['a', 'db_backup-8f14e45f-ceea-467f-a0e6-0f6b2b6f4c3a', 'a.b@c!', 'größe', 'x'.repeat(80)])(
    'may be %j',
    (name) => {
      expect(executionNameProblem(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'at least 1 character'],
    ['x'.repeat(81), 'at most 80 characters, this one has 81'],
    ...Array.from(' \t\n<>{}[]?*"#%\\^|~`$&,;:/\u0007\u0085', (bad) => [`a${bad}b`, `contain ${JSON.stringify(bad)}`]),
    ['😀', 'contain'],
  ])('may not be %j', (name, problem) => {
    expect(executionNameProblem(name)).toContain(problem);
  });
});

describe('the name of a parameter', () => {
  const arnPrefix = 'arn:aws:ssm:us-east-2:111122223333:parameter';
  const problemOf = (name: string): string | undefined => parameterNameProblem(name, arnPrefix);

  it.each(['plain', '/a', '/serverlessops/databases/shop/prod/db_pass', `/x${'/a'.repeat(14)}`, '/a/..'])(
    'may be %j',
    (name) => {
      expect(problemOf(name)).toBeUndefined();
    },
  );

  it.each([
    ['', 'must not be empty'],
    ['/', 'must not be empty'],
    ['/a b', 'this one has " "'],
    ['/zoë', 'this one has "ë"'],
    ['a/b', 'must begin with "/"'],
    ['/a/', 'level of a parameter name must not be empty'],
    ['/a//b', 'level of a parameter name must not be empty'],
    ['/aws/x', 'must not begin with "aws" or "ssm"'],
    ['SSM-x', 'must not begin with "aws" or "ssm"'],
    ['/a'.repeat(16), 'at most 15 levels, this one has 16'],
  ])('may not be %j', (name, problem) => {
    expect(problemOf(name)).toContain(problem);
  });

  it('has 1,011 characters at most, its ARN included', () => {
    expect(problemOf(`/${'a'.repeat(966)}`)).toBeUndefined();
    expect(problemOf(`/${'a'.repeat(967)}`)).toContain('this one has 1012');
    expect(problemOf('a'.repeat(967))).toContain('this one has 1012');
  });
});
