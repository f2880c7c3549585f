/** Answers of AWS to credentials that it does not know, or no longer. */
const REFUSED_CREDENTIALS = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'UnrecognizedClientException',
];

/** Characters of AWS's own words that a message repeats at most: AWS quotes what it was sent. */
const MAX_REASON = 500;

export interface Circumstances {
  /** What was sent, and must not be told even if AWS quotes it. @default nothing secret */
  readonly secret?: string;
  /** Where it was sent, when that is not AWS's own endpoint. @default AWS's own */
  readonly address?: string;
}

/**
 * Why AWS did not do what it was asked, and what to do about it, in one sentence or two.
 *
 * @param doing what was asked, in the infinitive
 */
export function describeAwsProblem(error: unknown, doing: string, { secret, address }: Circumstances = {}): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const told = secret === undefined ? message : message.replaceAll(secret, '***');
  const reason = bounded(told.replaceAll(/\s+/g, ' ').replace(/\.$/, ''));
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
  if (address !== undefined && (name === 'TimeoutError' || (error instanceof Error && 'code' in error))) {
    return `${address} does not answer, so AWS did not ${doing} (${reason}). Start what should be there, such as the local cloud, or unset AWS_ENDPOINT_URL.`;
  }
  if (name === 'TimeoutError' || (error instanceof Error && 'code' in error)) {
    return `AWS cannot be reached to ${doing}, so look at your network (${reason}).`;
  }
  return `AWS did not ${doing} (${name}: ${reason}).`;
}

function bounded(text: string): string {
  return text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON)}…`;
}
