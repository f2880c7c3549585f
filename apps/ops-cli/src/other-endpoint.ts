import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';

/** The services that are called, as the SDK's variables name them. */
const SERVICES = ['SSM', 'SFN', 'STS'];

/** Where a client sends its calls, when that is not where AWS is. */
export interface OtherEndpoint {
  /** Address, as `http://127.0.0.1:4566`. Undefined: AWS's own, or nothing was sent yet. */
  address(): string | undefined;
}

type WatchedClient = SSMClient | SFNClient | STSClient;

/**
 * Says once that calls go to an endpoint that is not AWS's, as those of an `AWS_ENDPOINT_URL` that was exported for the
 * local cloud and forgotten.
 */
export function watchEndpoint(
  clients: readonly WatchedClient[],
  env: Readonly<Record<string, string | undefined>>,
  complain: (text: string) => void,
): OtherEndpoint {
  let other: string | undefined;
  for (const watched of clients) {
    // What is used of them is the same for all.
    const client = watched as SSMClient;
    client.middlewareStack.add(
      (next) => async (args) => {
        const { protocol, hostname, port } = args.request as { protocol: string; hostname: string; port?: number };
        const isOther = hostname.replace(/^sync-/, '') !== (await hostOfAws(client));
        // Several calls are on their way at once, and one of them says it.
        if (isOther && other === undefined) {
          other = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
          complain(`ops uses ${other} instead of AWS, because of ${sourceOf(env)}.\n`);
        }
        return next(args);
      },
      { step: 'finalizeRequest', name: 'watchEndpoint' },
    );
  }
  return { address: () => other };
}

async function hostOfAws({ config }: SSMClient): Promise<string> {
  const { url } = config.endpointProvider({
    Region: await config.region(),
    UseDualStack: await config.useDualstackEndpoint(),
    UseFIPS: await config.useFipsEndpoint(),
  });
  return url.hostname;
}

/** As the SDK has it: the variable of one service, that of all, then the profile. */
function sourceOf(env: Readonly<Record<string, string | undefined>>): string {
  const variable = [...SERVICES.map((name) => `AWS_ENDPOINT_URL_${name}`), 'AWS_ENDPOINT_URL'].find(
    (name) => env[name],
  );
  return variable ?? '"endpoint_url" in your AWS profile';
}
