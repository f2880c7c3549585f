/** A request to a stage of the API. Names of headers are as the client sent them. */
export interface ApiRequest {
  method: string;
  /** Below the stage: `/jobs/job-1`. */
  path: string;
  headers: Record<string, string>;
  query: Record<string, string>;
  body: Buffer;
  /** @default - 127.0.0.1 */
  sourceIp?: string;
}

export interface ApiResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export function findHeader(headers: Record<string, string>, name: string): string | undefined {
  return Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** The media type of the body, without parameters; API Gateway takes a body without one for JSON. */
export function mediaType(headers: Record<string, string>): string {
  return findHeader(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
}
