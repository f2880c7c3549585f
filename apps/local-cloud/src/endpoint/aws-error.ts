/** Thrown when a call is refused, with the code and HTTP status that AWS answers in the same place. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** AWS's error code as clients match on it: `ParameterNotFound`, `ExecutionDoesNotExist`. */
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode = 400) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}
