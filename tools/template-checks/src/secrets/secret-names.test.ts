import { isSecretName } from './secret-names.ts';

describe('the name of a secret', () => {
  it.each([
    ['Password'],
    ['MasterUserPassword'],
    ['DB_PASS'],
    ['db_pass'],
    ['DB_PASSWORD_2'],
    ['password.$'],
    ['clientSecret'],
    ['SecretString'],
    ['AWS_SECRET_ACCESS_KEY'],
    ['privateKey'],
    ['GITHUB_TOKEN'],
  ])('is %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    ['TASK_TOKEN_ENV_VARIABLE'],
    ['PARAMETER_PREFIX'],
    ['KmsMasterKeyId'],
    ['secret_name'],
    ['CompassPoint'],
    ['ApiKeyId'],
    [''],
  ])('is not %j', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});
