/** Characters that a server takes: `caching_sha2_password` hashes no longer password. */
const MAX_PASSWORD_LENGTH = 256;

/** Why a value is no password that a job can give to an account. */
export function accountPasswordProblem(value: string): string | undefined {
  return value.length > MAX_PASSWORD_LENGTH
    ? `is longer than ${MAX_PASSWORD_LENGTH} characters, which no server takes`
    : undefined;
}
