import { quoteAccount } from '@serverless-ops/mysql-connect';

/**
 * Who owns what is restored: the account of the source (`keep`), whoever restores (`strip`), or another account. RDS
 * and Aurora let nobody create something for an account that is not theirs.
 */
export type DefinerRule = 'keep' | 'strip' | { readonly user: string; readonly host: string };

/** How SHOW CREATE begins: quotes are backticks, or double quotes in an object made under ANSI_QUOTES; a role has no host. */
const DEFINER =
  /^(CREATE (?:OR REPLACE )?(?:ALGORITHM=\w+ )?)DEFINER=(?:`(?:[^`]|``)*`|"(?:[^"]|"")*")(?:@(?:`(?:[^`]|``)*`|"(?:[^"]|"")*"))? /;

/** The statement of SHOW CREATE with its definer as the rule has it; a statement without a definer stays as it is. */
export function withDefiner(sql: Buffer, rule: DefinerRule): Buffer {
  if (rule === 'keep') return sql;
  // One character for each byte: nothing is decoded.
  const text = sql.toString('latin1');
  const definer =
    rule === 'strip' ? '' : `DEFINER=${Buffer.from(quoteAccount(rule.user, rule.host)).toString('latin1')} `;
  return Buffer.from(
    text.replace(DEFINER, (_, start: string) => start + definer),
    'latin1',
  );
}
