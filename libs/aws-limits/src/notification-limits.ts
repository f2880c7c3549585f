/** Limits of Amazon SNS. */
export const SNS_LIMITS = {
  /** Characters of a topic's name: letters, digits, `_` and `-`. (model, CreateTopic.Name) */
  topicNameCharacters: 256,
  /** Bytes in UTF-8 of a message with its attributes. (model, PublishInput.Message: "not 262,144 characters") */
  messageBytes: 262_144,
  /** A subject has fewer characters than this, in one line, without control characters. (model, PublishInput.Subject) */
  subjectCharactersBelow: 100,
} as const;

/** Limits of Amazon SQS. */
export const SQS_LIMITS = {
  /** Characters of a queue's name: letters, digits, `_` and `-`. (model, CreateQueue.QueueName) */
  queueNameCharacters: 80,
} as const;

/** Limits of Amazon EventBridge. */
export const EVENT_BRIDGE_LIMITS = {
  /** An event has fewer bytes than this, all its fields together. (model, PutEvents: "less than 256KB") */
  eventBytesBelow: 262_144,
  /** Targets of one rule. (user guide, "EventBridge quotas") */
  targetsPerRule: 5,
  /** Characters of the name of a rule. (model, RuleName) */
  ruleNameCharacters: 64,
  /** Characters of an event pattern. (model, EventPattern) */
  eventPatternCharacters: 4096,
  /** Characters of an input transformer's template. (model, TransformerInput) */
  transformerCharacters: 8192,
  /** Variables of an input transformer. (model, TransformerPaths) */
  transformerPaths: 100,
} as const;
