/** Answers that API Gateway gives by itself: the type of gateway response, its status and its words. */
export const GATEWAY_FAILURES = {
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Bad request', errorType: 'BadRequestException' },
  INTEGRATION_FAILURE: { status: 504, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
  INVALID_API_KEY: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long', errorType: 'RequestTooLargeException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
} as const;

export type GatewayFailureType = keyof typeof GATEWAY_FAILURES;

/** Thrown when a request ends in API Gateway itself. */
export class GatewayFailure extends Error {
  readonly type: GatewayFailureType;
  /** What a validator found, or nothing. */
  readonly validationErrors: string;

  constructor(
    type: GatewayFailureType,
    details: { message?: string; validationErrors?: string; cause?: unknown } = {},
  ) {
    super(details.message ?? GATEWAY_FAILURES[type].message, { cause: details.cause });
    this.type = type;
    this.validationErrors = details.validationErrors ?? '';
  }
}
