import type { Account } from '../endpoint/account.ts';
import type { AssembledStack } from './assembly.ts';
import { DeployError } from './deploy-error.ts';

/** The placeholders of an assembly for the credentials' account and region, where the settings name none. */
const ANY: Account = { accountId: '000000000000', region: 'us-east-1' };

/** The one account and region of all stacks. Throws {@link DeployError} when they name several. */
export function accountOf(stacks: readonly AssembledStack[]): Account {
  const accounts = new Set(stacks.map(({ accountId }) => accountId).filter((each) => each !== undefined));
  const regions = new Set(stacks.map(({ region }) => region).filter((each) => each !== undefined));
  const problems = [
    ...(accounts.size > 1 ? [`the stacks are for several accounts: ${[...accounts].join(', ')}`] : []),
    ...(regions.size > 1 ? [`the stacks are for several regions: ${[...regions].join(', ')}`] : []),
  ];
  if (problems.length > 0) throw new DeployError(problems);
  return { accountId: [...accounts][0] ?? ANY.accountId, region: [...regions][0] ?? ANY.region };
}
