/** What people and templates write where a value is still to come: a whole value, upper or lower case. */
const STANDS_FOR_A_VALUE =
  /^(change[-_ ]?(me|it)|replace[-_ ]?(me|this)|placeholder|todo|tbd|mypassword|x{3,}|\*+|<.*>)$/i;

/** One part of a host name or ARN, as AWS's own examples have it: `my-cluster.cluster-XXX.eu-west-1.rds.amazonaws.com`. */
const PART_TO_FILL_IN = /(^|[.:/-])X{3,}([.:/-]|$)/;

/** Whether a value only says that somebody has to put a real one there. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim();
  return text === '' || STANDS_FOR_A_VALUE.test(text) || PART_TO_FILL_IN.test(text);
}
