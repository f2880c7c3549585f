/** Limits of Amazon CloudWatch Logs. */
export const LOGS_LIMITS = {
  /**
   * Bytes of one log event that every source can rely on: "256 KB". The model now says 1 MB for PutLogEvents, the
   * pages for awslogs, vended logs and embedded metrics still say 256 KB; stay below the smaller one.
   */
  safeEventBytes: 256 * 1024,
  /** Bytes of one log event. (model, PutLogEvents: "no larger than 1 MB") */
  eventBytes: 1_048_576,
  /** Characters of the name of a log group. (model, LogGroupName) */
  logGroupNameCharacters: 512,
  /** Characters of a query. (model, QueryString) */
  queryCharacters: 10_000,
} as const;
