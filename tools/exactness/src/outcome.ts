import { createZoo, differences, exactFacts, type DatabaseServer, type ZooCase } from '@serverless-ops/test-servers';
import { brokenViews } from './broken-views.ts';
import type { DumpTool, ToolDump } from './dump-tool.ts';
import { ProgramCrash, ProgramStuck } from './run-program.ts';
import { whatDiffers } from './what-differs.ts';

/** What came of a case: a word for the table, and what is behind it. */
export interface Outcome {
  /** `not restorable` and `wrong` come after a dump that reported success. */
  readonly kind: 'exact' | 'named' | 'refused' | 'hangs' | 'crashes' | 'not restorable' | 'wrong';
  /** What differs, or what was said. */
  readonly detail: string;
  /** Whether it is so only where the database is restored under another name. */
  readonly underAnotherName: boolean;
}

/** From a dump that is of use to one that deceives. */
const ORDER: readonly Outcome['kind'][] = ['exact', 'named', 'refused', 'hangs', 'crashes', 'not restorable', 'wrong'];

/** Dumps a database of the case, restores it under another name beside it, and then under its own in place of it. */
export async function outcomeOf(
  server: DatabaseServer,
  tool: DumpTool,
  zoo: ZooCase,
  source: string,
): Promise<Outcome> {
  const target = `${source} back`;
  const factsOf = (database: string): ReturnType<typeof exactFacts> => exactFacts({ server, database });
  let dump: ToolDump | undefined;
  try {
    await createZoo(server, source, zoo);
    const original = await factsOf(source);
    try {
      dump = await tool.dump(server, source);
    } catch (error) {
      return { kind: howItFailed(error), detail: whatWasSaid(error), underAnotherName: false };
    }
    const made = dump;
    const different: Outcome['kind'] = made.named.length > 0 ? 'named' : 'wrong';
    await server.query(`CREATE DATABASE \`${target}\``);
    const renamed = await judge(
      () => made.restoreAs(target),
      different,
      async () => {
        const copied = whatDiffers(differences(original, await factsOf(target)));
        const harmed = differences(original, await factsOf(source)).length > 0 ? ['the source is changed'] : [];
        await server.query(`DROP DATABASE \`${source}\``);
        return [...copied, ...harmed, ...(await brokenViews(server, target))];
      },
    );
    await server.query(`DROP DATABASE IF EXISTS \`${source}\``);
    const same = await judge(
      () => made.restore(),
      different,
      async () => whatDiffers(differences(original, await factsOf(source))),
    );
    const isWorse = ORDER.indexOf(renamed.kind) > ORDER.indexOf(same.kind);
    return isWorse ? { ...renamed, underAnotherName: true } : { ...same, underAnotherName: false };
  } finally {
    await dump?.discard?.();
    for (const database of [source, target, `${source}_other`]) {
      await server.query(`DROP DATABASE IF EXISTS \`${database}\``);
    }
  }
}

async function judge(
  restore: () => Promise<void>,
  different: Outcome['kind'],
  compare: () => Promise<string[]>,
): Promise<Pick<Outcome, 'kind' | 'detail'>> {
  try {
    await restore();
  } catch (error) {
    return { kind: 'not restorable', detail: whatWasSaid(error) };
  }
  const found = await compare();
  return { kind: found.length === 0 ? 'exact' : different, detail: found.join(', ') };
}

function howItFailed(error: unknown): Outcome['kind'] {
  if (error instanceof ProgramStuck) return 'hangs';
  return error instanceof ProgramCrash ? 'crashes' : 'refused';
}

/** The line that names the error. */
export function whatWasSaid(error: unknown): string {
  const lines = (error as Error).message.split('\n');
  return lines.find((line) => /error|critical/i.test(line)) ?? lines[0] ?? '';
}
