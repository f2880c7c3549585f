/** Shares work out among workers, in its order. The first error ends it: no worker begins another piece of work. */
export async function inParallel<Worker, Work>(
  workers: readonly Worker[],
  work: readonly Work[],
  perform: (worker: Worker, work: Work) => Promise<void>,
): Promise<void> {
  let next = 0;
  let hasFailed = false;
  const keepBusy = async (worker: Worker): Promise<void> => {
    while (!hasFailed && next < work.length) {
      const mine = work[next++] as Work;
      try {
        await perform(worker, mine);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  await Promise.all(workers.map(keepBusy));
}
