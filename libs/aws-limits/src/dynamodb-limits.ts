/** Limits of Amazon DynamoDB. */
export const DYNAMODB_LIMITS = {
  /** Bytes in UTF-8 of an item, the names of its attributes included: "400 KB". (developer guide, "Quotas"; model) */
  itemBytes: 400 * 1024,
  /** Characters of the name of a table. (model, TableName) */
  tableNameCharacters: { min: 3, max: 255 },
  /** Bytes of a partition key. (developer guide, "Quotas") */
  partitionKeyBytes: 2048,
} as const;
