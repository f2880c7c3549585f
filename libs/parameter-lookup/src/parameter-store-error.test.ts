import { parameterStoreError } from './parameter-store-error.ts';

const failure = (name: string, more: object = {}): Error =>
  Object.assign(new Error('the words of AWS'), { name }, more);

const told = (thrown: unknown) => parameterStoreError(thrown, 'Reading /x', 'ssm:GetParameters');

describe('a failed call to Parameter Store', () => {
  it.each([
    ['ThrottlingException', {}],
    ['TooManyUpdates', {}],
    ['Unheard', { $retryable: { throttling: true } }],
    ['Unheard', { $metadata: { httpStatusCode: 429 } }],
    ['InternalServerError', { $metadata: { httpStatusCode: 500 } }],
    ['ServiceUnavailable', { $metadata: { httpStatusCode: 503 } }],
  ])('%s %j is a fault of the moment, which is tried again, and says nothing of subnets', (name, more) => {
    const error = told(failure(name, more));

    expect(error).toMatchObject({ code: 'ServiceThrottled', retryable: true });
    expect(error.message).toContain(`Reading /x failed: ${name}: the words of AWS. Order the job again a moment later`);
    expect(error.message).not.toMatch(/subnet|report/i);
  });

  it.each([
    ['TimeoutError', {}],
    ['AbortError', {}],
    ['Error', { code: 'ENOTFOUND' }],
    ['Error', { code: 'ECONNREFUSED' }],
  ])('%s %j is a matter of the network, which is tried again', (name, more) => {
    const error = told(failure(name, more));

    expect(error).toMatchObject({ code: 'ServiceUnreachable', retryable: true });
    expect(error.message).toContain("Check that the job's subnets have a way to Parameter Store");
  });

  it('that is refused names the rights', () => {
    expect(told(failure('AccessDeniedException'))).toMatchObject({
      code: 'AccessDenied',
      message: "Reading /x was refused: the words of AWS. Allow the job's role ssm:GetParameters.",
    });
  });

  it.each([
    ['InvalidKeyId', 'Check that the KMS key'],
    ['ParameterMaxVersionLimitExceeded', 'Remove the label'],
  ])('%s says what to do to the parameter', (name, advice) => {
    const error = told(failure(name));

    expect(error.code).toBe('ParameterInvalid');
    expect(error.message).toContain(advice);
  });

  it.each([failure('Unheard'), 'a string'])('that is unknown is an InternalError: %s', (thrown) => {
    expect(told(thrown)).toMatchObject({
      code: 'InternalError',
      message: expect.stringMatching(/Report it with the log of this job\.$/) as string,
    });
  });
});
