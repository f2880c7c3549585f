import { z } from 'zod';
import { CheckFailedError } from './errors.ts';

/** A call is given up after this long, in ms: API Gateway itself gives up after 29 s. */
const TIMEOUT_MS = 40_000;

const orderedSchema = z.object({ id: z.string(), links: z.object({ self: z.string() }) });
const jobSchema = z.object({
  id: z.string(),
  state: z.string(),
  progress: z.object({ phase: z.string() }).loose().optional(),
  result: z.record(z.string(), z.json()).optional(),
  error: z.object({ code: z.string(), cause: z.string() }).optional(),
});

/** What `GET /jobs/{id}` answers. */
export type Job = z.infer<typeof jobSchema>;

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** The REST API as a team calls it that has its URL and a key. */
export class JobsApi {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async order(body: unknown, idempotencyKey: string): Promise<string> {
    const answer = await this.post(body, { 'idempotency-key': idempotencyKey });
    return parse('POST /jobs', 202, orderedSchema, answer).id;
  }

  async find(id: string): Promise<Job> {
    return parse(`GET /jobs/${id}`, 200, jobSchema, await this.#call('GET', `/jobs/${id}`, { 'x-api-key': this.#key }));
  }

  /** @param headers beside the API key; one of the same name takes its place */
  post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const all = { 'x-api-key': this.#key, 'content-type': 'application/json', ...headers };
    return this.#call('POST', '/jobs', all, JSON.stringify(body));
  }

  async #call(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body !== undefined && { body }),
      });
      const contentType = response.headers.get('content-type') ?? '';
      return { status: response.status, contentType, text: await response.text() };
    } catch (error) {
      const { message, cause } = error as Error;
      throw new CheckFailedError(
        `${this.#url} did not answer (${cause instanceof Error ? cause.message : message}).`,
        'Look at the network between here and the API.',
      );
    }
  }
}

function parse<T>(call: string, status: number, schema: z.ZodType<T>, answer: Answer): T {
  if (answer.status === 403) {
    throw new CheckFailedError(
      `${call} was refused with 403: ${answer.text}.`,
      'Look in API Gateway whether the API key is enabled and in the usage plan of the stage; to make it anew, deploy: npx nx run api-contract:deploy',
    );
  }
  if (answer.status !== status) {
    throw new CheckFailedError(
      `${call} answered ${answer.status} instead of ${status}: ${answer.text}.`,
      'Look at the log of the API in its log group api-access, and deploy it again: npx nx run api-contract:deploy',
    );
  }
  const parsed = schema.safeParse(readJson(answer.text));
  if (parsed.success) return parsed.data;
  throw new CheckFailedError(
    `${call} answered with a body of another form: ${answer.text}.`,
    'Deploy the API again: npx nx run api-contract:deploy',
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
