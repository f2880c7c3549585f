import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { zstdDecompressSync } from 'node:zlib';
import type { ScriptExit } from '../../script/script-process.ts';
import { CompressedDump, type DumpProcess } from './compressed-dump.ts';
import { requireGoodDump } from './judge-dump.ts';

const DUMP = "INSERT INTO `a` VALUES (1,'x'),(2,'y');\n-- Dump completed on 2026-11-22\n";

interface FakeDump {
  dump: CompressedDump;
  stop: AbortController;
  events: string[];
}

function fakeDump(pieces: string[], exit: ScriptExit = { code: 0, signal: null }, errorLines: string[] = []): FakeDump {
  const events: string[] = [];
  const stop = new AbortController();
  const start = (): DumpProcess => {
    events.push('started');
    return {
      stdout: Readable.from(pieces.map((piece) => Buffer.from(piece))),
      exit: Promise.resolve(exit),
      kill: () => events.push('killed'),
    };
  };
  const dump = new CompressedDump({
    start,
    requireGood: (ended, inspector, bytes) => requireGoodDump(ended, inspector, bytes, errorLines),
    onBytes: () => undefined,
    signal: stop.signal,
  });
  return { dump, events, stop };
}

async function collect(dump: CompressedDump): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of dump) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('a compressed dump', () => {
  it('is the dump in zstd, measured on the way', async () => {
    const { dump } = fakeDump([DUMP.slice(0, 30), DUMP.slice(30)]);
    const stored = await collect(dump);
    expect(zstdDecompressSync(stored).toString()).toBe(DUMP);
    expect(dump.bytes).toBe(DUMP.length);
    expect(dump.sha256()).toBe(createHash('sha256').update(DUMP).digest('hex'));
    expect(dump.inspector.tables).toEqual([{ name: 'a', rows: 2 }]);
  });

  it('is the dump in zstd when it is larger than what is held of it at once', async () => {
    const line = `INSERT INTO \`a\` VALUES (1,'${'x'.repeat(99_999)}');\n`;
    const { dump } = fakeDump([...Array.from({ length: 150 }, () => line), DUMP]);
    const stored = await collect(dump);
    expect(zstdDecompressSync(stored).toString()).toBe(line.repeat(150) + DUMP);
    expect(dump.inspector.rows).toBe(152);
  });

  it('lets go of a source that writes without end, when its reader stops early', async () => {
    const stdout = new Readable({ read: () => void stdout.push(randomBytes(65_536)) });
    const closed = once(stdout, 'close');
    const dump = new CompressedDump({
      // As with a child process: its end is known only once its output is closed.
      start: () => ({ stdout, exit: closed.then(() => ({ code: null, signal: 'SIGKILL' })), kill: () => undefined }),
      requireGood: () => undefined,
      onBytes: () => undefined,
      signal: new AbortController().signal,
    });
    for await (const _ of dump) break;
    expect(stdout.destroyed).toBe(true);
  });

  it('starts nothing before its first piece is asked for', () => {
    expect(fakeDump([DUMP]).events).toEqual([]);
  });

  it('kills the dump when its reader stops early', async () => {
    const { dump, events } = fakeDump([DUMP]);
    for await (const _ of dump) break;
    expect(events).toEqual(['started', 'killed']);
  });

  it('kills a dump that is silent, when it is told to stop', async () => {
    const { dump, events, stop } = fakeDump([]);
    const first = dump[Symbol.asyncIterator]().next();
    stop.abort();
    expect(events).toEqual(['started', 'killed']);
    await first.catch(() => undefined);
  });

  it.each([
    ['was killed', [DUMP.slice(0, 20)], { code: null, signal: 'SIGKILL' as const }, [], 'DumpFailed', 'signal SIGKILL'],
    ['wrote nothing', [], { code: 0, signal: null }, [], 'DumpFailed', 'wrote nothing'],
    [
      'lacks its closing line',
      ['SELECT 1;\n'],
      { code: 0, signal: null },
      [],
      'DumpFailed',
      'without its closing line',
    ],
    ['ended with an error after its closing line', [DUMP], { code: 6, signal: null }, [], 'DumpFailed', 'exit code 6'],
    [
      'lost its server',
      [DUMP.slice(0, 20)],
      { code: 3, signal: null },
      ['mariadb-dump: Error 2013: Lost connection to server during query when dumping table `a` at row: 7'],
      'ConnectionLost',
      'Lost connection',
    ],
    [
      'lacks a privilege',
      [],
      { code: 2, signal: null },
      ["mariadb-dump: Got error: 1044: \"Access denied for user 'b'@'%' to database 'x'\" when using LOCK TABLES"],
      'AccessDenied',
      'Access denied',
    ],
  ])('fails at its end when the dump %s', async (_, pieces, exit, errorLines, code, words) => {
    const reading = collect(fakeDump(pieces, exit, errorLines).dump);
    await expect(reading).rejects.toMatchObject({ code, message: expect.stringContaining(words) as string });
  });
});
