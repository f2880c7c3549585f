/** Bytes that every server takes: MySQL's `caching_sha2_password` hashes no longer password, and counts bytes. */
const MAX_PASSWORD_BYTES = 256;

/** Why a value is no password that a job can give to an account. */
export function accountPasswordProblem(value: string): string | undefined {
  return Buffer.byteLength(value) > MAX_PASSWORD_BYTES
    ? `is longer than ${MAX_PASSWORD_BYTES} bytes, which some servers refuse`
    : undefined;
}
