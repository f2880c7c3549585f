/** Limits of IAM (user guide, "IAM and AWS STS quotas"). White space in a policy does not count. */
export const IAM_LIMITS = {
  /** Characters of the name of a role. (model, roleNameType) */
  roleNameCharacters: 64,
  /** Characters of all inline policies of a role together. */
  inlinePoliciesOfRoleCharacters: 10_240,
  /** Characters of a managed policy. */
  managedPolicyCharacters: 6144,
  /** Characters of a role's trust policy, before a raise is asked for. */
  trustPolicyCharacters: 2048,
  /** Managed policies attached to a role, before a raise is asked for. */
  managedPoliciesPerRole: 10,
  /** Characters of a role's description. (model, roleDescriptionType) */
  roleDescriptionCharacters: 1000,
} as const;
