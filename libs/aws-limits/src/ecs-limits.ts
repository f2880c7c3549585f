/** Limits of Amazon ECS. */
export const ECS_LIMITS = {
  /**
   * Characters of `overrides` in one RunTask call, counted over its JSON text: "A total of 8192 characters are allowed
   * for overrides. This limit includes the JSON formatting characters of the override structure." (model, RunTask)
   */
  runTaskOverridesCharacters: 8192,
  /**
   * Characters of `startedBy`; only letters, digits, `-`, `/` and `_`. (model, RunTask: "Up to 128 letters")
   */
  startedByCharacters: 128,
  /** Seconds between SIGTERM and SIGKILL that a Fargate task can ask for. (model, ContainerDefinition.stopTimeout) */
  fargateStopTimeoutSeconds: 120,
} as const;
