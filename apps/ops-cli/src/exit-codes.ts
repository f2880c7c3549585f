/** What a script can tell apart. */
export const EXIT_CODES = {
  done: 0,
  /** What was checked has problems, or AWS did not do what it was asked. */
  problems: 1,
  badUsage: 2,
  /** A job that was watched has ended without success. */
  jobFailed: 3,
  /** A job was ordered, or may have been, and how it ends is not known. */
  endUnknown: 4,
  /** As a shell has it for Ctrl-C. */
  stopped: 130,
} as const;
