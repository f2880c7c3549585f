import { passedSecrets } from './passed-secrets.ts';

const stateWith = (parameters: object): object => ({
  StartAt: 'ChangePassword',
  States: { ChangePassword: { Type: 'Task', Parameters: parameters } },
});
const override = (...variables: object[]): object =>
  stateWith({ Overrides: { ContainerOverrides: [{ Name: 'Worker', Environment: variables }] } });

describe('a state machine', () => {
  it('may pass on which job it is, and the token to report with', () => {
    const variables = [
      { Name: 'TASK_TOKEN_ENV_VARIABLE', 'Value.$': '$$.Task.Token' },
      { Name: 'DB_NAME', 'Value.$': '$.job_options.db_name' },
    ];
    expect(passedSecrets(override(...variables))).toEqual([]);
    expect(passedSecrets(stateWith({ Payload: { 'task_token.$': '$$.Task.Token' } }))).toEqual([]);
  });

  it('may look whether a request asks for a password to be discarded', () => {
    const Choices = [{ Variable: '$.job_options.discard_old_password', IsPresent: true, Next: 'X' }];
    expect(passedSecrets({ States: { Check: { Type: 'Choice', Choices } } })).toEqual([]);
  });

  it.each([
    [
      'a variable for a password',
      override({ Name: 'DB_PASS', 'Value.$': '$.x' }),
      'sets DB_PASS, which is not on the list',
    ],
    ['any other variable', override({ Name: 'DB_HOST', Value: 'db' }), 'sets DB_HOST, which is not on the list'],
    ['a field', stateWith({ Payload: { 'password.$': '$.generated' } }), 'passes password.$'],
    ['a field with more in it', stateWith({ Item: { Password: { 'S.$': '$.generated' } } }), 'passes Password'],
    ['a path', stateWith({ 'value.$': '$.look_up.admin.db_pass' }), 'passes on db_pass'],
    ['a path in a function', stateWith({ 'v.$': "States.Format('{}', $.new_password)" }), 'passes on new_password'],
    ['a token of another state', stateWith({ 'task_token.$': '$.token' }), 'passes task_token.$'],
    ['a path of JSONata', stateWith({ v: '{% $states.input.password %}' }), 'passes on password'],
  ])('is found passing on %s', (_, definition, problem) => {
    expect(passedSecrets(definition)).toContain(problem);
  });
});
