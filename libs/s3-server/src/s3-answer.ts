/** What a call is answered with. */
export interface S3Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Text, or the bytes of an object as they are read. @default - no body */
  body?: string | AsyncIterable<Buffer>;
  /** Code and message of a refusal, for a log. */
  refusedFor?: string;
}

/** Success with a document, as S3 writes one. */
export const xmlAnswer = (body: string): S3Answer => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
