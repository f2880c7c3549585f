import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dumpDatabase } from '@serverless-ops/mysql-dump';
import { restoreByClient, type DatabaseServer } from '@serverless-ops/test-servers';
import type { DumpTool, ToolDump } from './dump-tool.ts';

interface EngineDump extends ToolDump {
  readonly sql: Buffer;
}

interface EngineTool extends DumpTool {
  dump(server: DatabaseServer, database: string): Promise<EngineDump>;
}

/** The dump engine of `db_backup`, restored with `zstd -dc | mysql`. */
export const ENGINE: EngineTool = {
  name: 'ours',
  fits: () => true,
  async dump(server, database) {
    const objects = new Map<string, Buffer>();
    const { host, port, rootPassword: password } = server;
    const { incomplete } = await dumpDatabase({
      connection: { host, port, user: 'root', password, tls: { mode: 'loopback' }, database },
      signal: new AbortController().signal,
      parallelism: 2,
      send: async (key, source) => {
        const pieces: Buffer[] = [];
        for await (const piece of source) pieces.push(Buffer.from(piece));
        const stored = Buffer.concat(pieces);
        objects.set(key, stored);
        return { storedBytes: stored.length, storedSha256: createHash('sha256').update(stored).digest('hex') };
      },
    });
    const frames = [...objects.keys()].sort().map((key) => objects.get(key) ?? Buffer.alloc(0));
    const sql = execFileSync('zstd', ['-dc'], { input: Buffer.concat(frames), maxBuffer: 1024 ** 3 });
    return {
      sql,
      // That MyISAM is read while others write has nothing to do with what comes back here.
      named: incomplete.map(({ what }) => what).filter((what) => !what.startsWith('one moment')),
      async restore() {
        await server.query(`CREATE DATABASE \`${database}\``);
        await restoreByClient(server, database, sql);
      },
      restoreAs: (target) => restoreByClient(server, target, sql),
    };
  },
};
