/** How secrets look, at every place: in a template, a bundle, a script, a Dockerfile. */
const SECRETS: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*\\?n?\s*[A-Za-z0-9+/=]{16}/,
  'an access key of AWS': /\b(?:AKIA|ASIA)(?!IOSFODNN7EXAMPLE)[0-9A-Z]{16}\b/,
  'a secret access key of AWS': /secret_?access_?key["']?\s*[:=]\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])/i,
  'a token of GitHub, npm or Slack': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|npm_[A-Za-z0-9]{36}|xox[abprs]-[\w-]{10,})/,
  'a URL with a password': /\b[a-z][a-z0-9+.-]*:\/\/[\w.-]+:[^\s/@:"'`$<>{}()]+@[\w-]/i,
  'a password on a command line': /--password=["']?[^\s"'$<{]/,
  'a password in SQL': /\bidentified\s+by\s+'[^'$?{]/i,
  // Unless only the name of the secret is there.
  'a password in clear':
    /\b(?:password|passwd|db_pass|secret)\b["']?\s*[:=]\s*(["'])(?!(?:password|secret)\1)[^"'\s${<]{4,}\1/i,
};

/** What a text holds that looks like a secret. Never the secret itself: that is not to be in a report either. */
export function secretTexts(text: string): string[] {
  return Object.entries(SECRETS)
    .filter(([, pattern]) => pattern.test(text))
    .map(([name]) => name);
}
