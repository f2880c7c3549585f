/**
 * Short enough that a subnet without a way to Parameter Store is told as that, and not by the end of the function's
 * time; with its retries a call never outlasts the lock on the account.
 */
export const SSM_CLIENT_DEFAULTS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 4000, throwOnRequestTimeout: true },
};
