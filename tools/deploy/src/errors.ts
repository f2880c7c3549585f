/** Thrown when a deploy cannot begin. The message is one sentence: what is missing, and what to do about it. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

/** Thrown when a program ended with anything but 0. It has said why on the terminal. */
export class ProgramFailedError extends Error {
  override readonly name = 'ProgramFailedError';
  readonly exitCode: number | null;

  constructor(command: string, exitCode: number | null) {
    super(`"${command}" ended with ${exitCode ?? 'a signal'}.`);
    this.exitCode = exitCode;
  }
}

/** Thrown when a workspace or an assembly is not what it has to be for a deploy to be safe. */
export class UnexpectedContentError extends Error {
  override readonly name = 'UnexpectedContentError';
}
