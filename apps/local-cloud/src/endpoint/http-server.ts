import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallContext, Principal } from './service.ts';
import { findSignatureScope } from './signature-scope.ts';
import type { HttpService } from './aws-call-router.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

/** A service that reads the body of a call as it comes and sends its answer itself, so that neither is ever whole in memory. */
export type StreamingService = (
  incoming: IncomingMessage,
  response: ServerResponse,
  context: CallContext,
) => Promise<void>;

type AwsCall = (service: string, ...rest: Parameters<HttpService>) => Promise<HttpAnswer>;

export interface HttpServerOptions {
  /** 0 takes any free port. */
  port: number;
  principalOf: (accessKeyId: string) => Principal;
  callAws: AwsCall;
  /** By name in the signature's scope; all other services get calls that are read to their end. */
  streamingServices: Readonly<Record<string, StreamingService>>;
  /** Paths that are called without a signature: first path segment -> who answers. */
  unsigned: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>>;
  log: (line: string) => void;
}

export interface RunningHttpServer {
  /** `http://127.0.0.1:4566`. By address, so that S3 clients use paths and no bucket host names. */
  url: string;
  close(): Promise<void>;
}

/** The one server of all services. Loopback only: it takes any credentials for the account's own. */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const server = createServer((incoming, response) => {
    void answer(options, incoming, response)
      .catch((error: unknown): HttpAnswer => {
        options.log(`Internal failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return { status: 500, headers: {}, body: 'The local cloud failed; its log says why.' };
      })
      .then((answered) => {
        if (answered && !response.headersSent) send(response, incoming.method ?? 'GET', answered);
      });
  });
  // Uploads of large parts over a slow test server take longer than Node's default allows a request to take.
  server.requestTimeout = 0;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening').catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Port ${options.port} cannot be used (--port takes another, 0 any): ${why}`, { cause: error });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** Answers a call; undefined when its service has sent the answer. */
async function answer(
  options: HttpServerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<HttpAnswer | undefined> {
  if (!isLoopbackHost(incoming.headers.host ?? '')) return refusal('The local cloud answers to loopback hosts only.');
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2);
  const query = new URLSearchParams(search);
  const scope = findSignatureScope(incoming.headers.authorization, query);
  const requestId = randomUUID();
  const streaming = scope && options.streamingServices[scope.service];
  if (streaming) {
    await streaming(incoming, response, { principal: options.principalOf(scope.accessKeyId), requestId });
    return undefined;
  }
  const request = await readRequest(incoming, path, query);
  if (scope) {
    const context = { principal: options.principalOf(scope.accessKeyId), requestId };
    const answered = await options.callAws(scope.service, request, context);
    return { ...answered, headers: { 'x-amzn-requestid': requestId, ...answered.headers } };
  }
  const mounted = options.unsigned[request.path.split('/')[1] ?? ''];
  return mounted ? mounted(request) : refusal('Missing Authentication Token');
}

/** A page in a browser must not reach this server under a name that its author let point here. */
function isLoopbackHost(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === '127.0.0.1' || name === '[::1]' || name === 'localhost' || name.endsWith('.localhost');
}

const refusal = (message: string): HttpAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
});

async function readRequest(incoming: IncomingMessage, path: string, query: URLSearchParams): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, [value].flat().join(', ')]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}

function send(response: ServerResponse, method: string, { status, headers, body }: HttpAnswer): void {
  const content = Buffer.from(body);
  // An answer to HEAD has the length of what GET would send, and no body.
  const length = method === 'HEAD' && headers['content-length'] ? {} : { 'content-length': content.length };
  response.writeHead(status, { ...headers, ...length });
  response.end(method === 'HEAD' ? undefined : content);
}
