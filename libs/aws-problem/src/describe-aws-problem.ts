/** Answers of AWS to credentials that it does not know, or no longer. */
const REFUSED_CREDENTIALS = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'UnrecognizedClientException',
];

/**
 * Why AWS did not do what it was asked, and what to do about it, in one sentence.
 *
 * @param doing what was asked, in the infinitive
 * @param secret what was sent, and must not be told even if AWS quotes it
 */
export function describeAwsProblem(error: unknown, doing: string, secret?: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const told = secret === undefined ? message : message.replaceAll(secret, '***');
  const reason = told.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return 'There are no AWS credentials here: log in with "aws sso login", or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
  }
  // The latter for a variable that is there and empty.
  if (/^Region (is missing|not accepted: region="")/.test(message)) {
    return 'No AWS region is chosen: set "global.region" in settings.yml, or AWS_REGION.';
  }
  if (REFUSED_CREDENTIALS.includes(name)) {
    return `AWS does not accept your credentials, so log in again (${reason}).`;
  }
  if (name === 'AccessDeniedException') return `Your credentials lack the right to ${doing} (${reason}).`;
  if (name === 'InvalidKeyId') {
    return `AWS did not ${doing}, because of the key: deploy the foundation, which makes it, or choose another one with --key-id (${reason}).`;
  }
  if (name === 'TimeoutError' || (error instanceof Error && 'code' in error)) {
    return `AWS cannot be reached to ${doing}, so look at your network (${reason}).`;
  }
  return `AWS did not ${doing} (${name}: ${reason}).`;
}
