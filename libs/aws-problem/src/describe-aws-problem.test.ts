import { describeAwsProblem } from './describe-aws-problem.ts';

/** An error as the SDK throws it. */
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('one sentence says what to do about', () => {
  it.each([
    [
      'no credentials',
      named('CredentialsProviderError', 'Could not load credentials from any providers'),
      'There are no AWS credentials here: log in with "aws sso login", or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    ],
    [
      'credentials that have expired',
      named('ExpiredTokenException', 'The security token included in the request is expired'),
      'AWS does not accept your credentials, so log in again (The security token included in the request is expired).',
    ],
    [
      'no region',
      new Error('Region is missing'),
      'No AWS region is chosen: set "global.region" in settings.yml, or AWS_REGION.',
    ],
    [
      'a region whose variable is empty',
      new Error('Region not accepted: region="" is not a valid hostname component.'),
      'No AWS region is chosen: set "global.region" in settings.yml, or AWS_REGION.',
    ],
    [
      'a right that is missing',
      named('AccessDeniedException', 'User: arn:aws:iam::1:user/a is not authorized to perform: ssm:GetParameter.'),
      'Your credentials lack the right to read /a (User: arn:aws:iam::1:user/a is not authorized to perform: ssm:GetParameter).',
    ],
    [
      'a key that is not there',
      named('InvalidKeyId', 'Alias arn:aws:kms:eu-central-1:111111111111:alias/none is not found.'),
      'AWS did not read /a, because of the key: deploy the foundation, which makes it, or choose another one with --key-id (Alias arn:aws:kms:eu-central-1:111111111111:alias/none is not found).',
    ],
    [
      'a network without AWS',
      Object.assign(new Error('getaddrinfo ENOTFOUND ssm.eu-central-1.amazonaws.com'), { code: 'ENOTFOUND' }),
      'AWS cannot be reached to read /a, so look at your network (getaddrinfo ENOTFOUND ssm.eu-central-1.amazonaws.com).',
    ],
    ['something that is no error', 'oops', 'AWS did not read /a (Error: oops).'],
  ])('%s', (_problem, error, sentence) => {
    expect(describeAwsProblem(error, 'read /a')).toBe(sentence);
  });

  it('something, without what was sent, even if AWS quotes it', () => {
    const error = named('ValidationException', 'Value S3cr3t at "value" failed.');

    expect(describeAwsProblem(error, 'write /a', { secret: 'S3cr3t' })).toBe(
      'AWS did not write /a (ValidationException: Value *** at "value" failed).',
    );
  });

  it('an endpoint that is not AWS and does not answer', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' });

    expect(describeAwsProblem(error, 'read /a', { address: 'http://127.0.0.1:9' })).toBe(
      'http://127.0.0.1:9 does not answer, so AWS did not read /a (connect ECONNREFUSED 127.0.0.1:9). ' +
        'Start what should be there, such as the local cloud, or unset AWS_ENDPOINT_URL.',
    );
  });

  it('something, in few words, however many AWS has', () => {
    const error = named('ValidationException', `Value ${'x'.repeat(300_000)} failed.`);

    expect(describeAwsProblem(error, 'write /a').length).toBeLessThan(600);
  });
});
