/** Thrown when Parameter Store refuses a call, with the code that AWS answers in the same place. Its status is 400. */
export class SsmError extends Error {
  override readonly name = 'SsmError';
  /** AWS's error code as clients match on it: `ParameterNotFound`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
