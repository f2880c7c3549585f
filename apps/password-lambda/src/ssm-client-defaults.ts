/**
 * Short enough that the job reports a subnet without a way to Parameter Store, before the function's time ends. With its
 * retries a call never outlasts the lock on the account.
 */
export const SSM_CLIENT_DEFAULTS = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 2000, requestTimeout: 4000, throwOnRequestTimeout: true },
};
