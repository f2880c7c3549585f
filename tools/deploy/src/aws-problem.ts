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
 */
export function describeAwsProblem(error: unknown, doing: string): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return 'There are no AWS credentials here: log in with "aws sso login", or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.';
  }
  if (message.startsWith('Region is missing')) {
    return 'No AWS region is chosen: set "global.region" in settings.yml, or AWS_REGION.';
  }
  if (REFUSED_CREDENTIALS.includes(name)) {
    return `AWS does not accept your credentials, so log in again (${oneLine(message)}).`;
  }
  if (name === 'AccessDeniedException') return `Your credentials lack the right to ${doing} (${oneLine(message)}).`;
  if (name === 'TimeoutError' || (error instanceof Error && 'code' in error)) {
    return `AWS cannot be reached to ${doing}, so look at your network (${oneLine(message)}).`;
  }
  return `AWS did not ${doing} (${name}: ${oneLine(message)}).`;
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
}
