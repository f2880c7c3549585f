/**
 * Turns a block that claims to need an account into one that is well when it fails: without this, a mark that is not needed
 * would hide the block from the check.
 */
export function demandFailure(block: string): string {
  return `set +e
(set -e
${block}
)
[ $? != 0 ] || { echo 'The block works here: it needs no mark.'; exit 1; }
set -e
`;
}
