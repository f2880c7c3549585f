import { restoreDatabase } from '@serverless-ops/mysql-restore';
import { openBackupFolder } from './backup-folder.ts';

/** One restore in a process of its own: FOLDER PORT PASSWORD DATABASE SESSIONS [TABLE]. Prints its peak memory in bytes. */
const [folder = '', port = '', password = '', database = '', sessions = '', table] = process.argv.slice(2);
await restoreDatabase({
  ...{ backup: await openBackupFolder(folder), database, jobId: 'bench', parallelism: Number(sessions) },
  connection: { host: '127.0.0.1', port: Number(port), user: 'root', password, tls: { mode: 'loopback' } },
  signal: new AbortController().signal,
  ...(table !== undefined && { tables: [table] }),
});
console.log(process.resourceUsage().maxRSS * 1024);
process.exit(0);
