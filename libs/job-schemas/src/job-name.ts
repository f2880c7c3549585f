/**
 * Longest name of a job, in characters. Without an Idempotency-Key the API names an execution `<job_name>-<UUID>`, and a
 * name of an execution has 80 characters at most (Step Functions API reference, StartExecution).
 */
const MAX_JOB_NAME_CHARACTERS = 80 - 1 - 36;

/** Names that would be names of a workflow's own states, such as `x_without_database` beside the job `x`. */
const NAMES_OF_STATES = /^unknown_job$|_without_database$|_took_too_long$/;

/**
 * Why no job can have this name, as the end of a sentence; undefined when one can. Two words at least, so that a name is
 * never one that TypeScript keeps for itself.
 */
export function jobNameProblem(name: string): string | undefined {
  if (!/^[a-z]+(_[a-z]+)+$/.test(name)) {
    return 'it must be two words or more in snake_case, of the letters a to z, such as db_something';
  }
  if (name.length > MAX_JOB_NAME_CHARACTERS) {
    return `it has ${name.length} characters, and ${MAX_JOB_NAME_CHARACTERS} are allowed, because it begins the names of executions`;
  }
  if (NAMES_OF_STATES.test(name)) return 'a state of the workflow has this name, or one that is made of it';
  return undefined;
}
