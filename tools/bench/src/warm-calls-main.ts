/** Entry point of the process that stands for a warm function: `node warm-calls-main.ts <handler> <event> <calls>`. */
const [modulePath = '', event = '', calls = ''] = process.argv.slice(2);
const { handler } = (await import(modulePath)) as { handler: (event: unknown) => Promise<unknown> };

const durationsMs: number[] = [];
for (let call = 0; call <= Number(calls); call += 1) {
  const startedMs = performance.now();
  await handler({ ...(JSON.parse(event) as object), job_id: `bench-${call}` });
  durationsMs.push(performance.now() - startedMs);
}
// The first call made the client's connection.
process.send?.(durationsMs.slice(1));
