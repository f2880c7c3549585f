/** Limits of Amazon ECS. */
export const ECS_LIMITS = {
  /** Characters of the name of a family or a cluster: letters, digits, `_` and `-`. (model, RegisterTaskDefinition) */
  nameCharacters: 255,
  /**
   * Characters of `overrides` in one RunTask call, counted over its JSON text: "A total of 8192 characters are allowed
   * for overrides. This limit includes the JSON formatting characters of the override structure." (model, RunTask)
   */
  runTaskOverridesCharacters: 8192,
  /**
   * Characters of `startedBy`; only letters, digits, `-`, `/` and `_`. (model, RunTask: "Up to 128 letters")
   */
  startedByCharacters: 128,
  /**
   * vCPUs of all Fargate tasks of an account in a region, on demand and on spot capacity each, before a raise is asked
   * for; new accounts can have fewer. (General Reference, "Amazon ECS endpoints and quotas": "Fargate On-Demand vCPU
   * resource count", each supported Region: 6)
   */
  fargateVcpus: 6,
  /** RunTask calls a second, at once and for long. (developer guide, "AWS Fargate throttling quotas") */
  runTaskCallsPerSecond: 20,
  /** Seconds between SIGTERM and SIGKILL that a Fargate task can ask for. (model, ContainerDefinition.stopTimeout) */
  fargateStopTimeoutSeconds: 120,
} as const;
