import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface CountingS3Server {
  endpoint: string;
  /** Ends the process; the bytes of all objects and parts that it was sent. */
  stop(): Promise<{ storedBytes: number }>;
}

/** Starts an S3 that only counts bytes, in a process of its own so that its client's time is the client's alone. */
export async function startCountingS3Server(): Promise<CountingS3Server> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'counting-s3-main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => String((await lines.next()).value);
  return {
    endpoint: await nextLine(),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const storedBytes = Number(await nextLine());
      await exited;
      return { storedBytes };
    },
  };
}
