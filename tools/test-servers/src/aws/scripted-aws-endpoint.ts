import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCall, type RecordedCall } from './recorded-call.ts';

/**
 * What a call is answered with: a result, an AWS error by its name (status 400 unless told), a connection that is cut
 * before the answer, or no answer ever.
 */
export type ScriptedAnswer =
  { result: object } | { error: string; message?: string; status?: number } | { fault: 'cut' | 'silence' };

export interface ScriptedAwsEndpoint {
  /** For the constructor of any SDK v3 client whose service speaks the AWS JSON protocol, 1.0 or 1.1. */
  clientConfig: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  recorded: RecordedCall[];
  stop(): Promise<void>;
}

/** Plays an AWS service that speaks JSON: each call takes the next of `answers`, later calls get an empty result. */
export async function startScriptedAwsEndpoint(answers: readonly ScriptedAnswer[] = []): Promise<ScriptedAwsEndpoint> {
  const recorded: RecordedCall[] = [];
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      const answer = answers[recorded.length] ?? { result: {} };
      recorded.push(call);
      give(answer, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    clientConfig: {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    },
    recorded,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function give(answer: ScriptedAnswer, response: ServerResponse): void {
  if ('fault' in answer) {
    if (answer.fault === 'cut') response.destroy();
    return;
  }
  const [status, body] =
    'result' in answer
      ? [200, answer.result]
      : [answer.status ?? 400, { __type: answer.error, message: answer.message ?? `scripted ${answer.error}` }];
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
}
