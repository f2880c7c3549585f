/** Limits of AWS CloudFormation (user guide, "Understand CloudFormation quotas"). */
export const CLOUDFORMATION_LIMITS = {
  /** Bytes of a template that is sent from a bucket: "1 MB". (model, CreateStack.TemplateURL) */
  templateBytes: 1_048_576,
  /** Bytes of a template that is sent in the call itself. (model, CreateStack.TemplateBody) */
  templateInCallBytes: 51_200,
  /** Parameters of a template. */
  parameters: 200,
  /** Resources of a template. */
  resources: 500,
  /** Outputs of a template. */
  outputs: 200,
  /** Bytes of a template's description. */
  descriptionBytes: 1024,
  /** Characters of a logical id; letters and digits only. */
  logicalIdCharacters: 255,
  /** Characters of a stack's name. (model, CreateStack.StackName: "[a-zA-Z][-a-zA-Z0-9]*", 128 at most) */
  stackNameCharacters: 128,
  /** Dynamic references (`{{resolve:...}}`) of a template. */
  dynamicReferences: 60,
} as const;
