import { randomUUID } from 'node:crypto';
import type { Account } from '../endpoint/account.ts';
import type { BusEvent, EmitEvent, Json, JsonObject } from '../endpoint/service.ts';
import type { Rule, RuleTarget } from './rule.ts';

export interface EventBusOptions {
  account: Account;
  rules: readonly Rule[];
  /** Hands the input to what a target names. Rejects when it was not taken. */
  deliver: (target: RuleTarget, input: Json, rule: Rule) => Promise<void>;
  log: (line: string) => void;
  now: () => Date;
}

/** The account's default event bus: each event goes, once, to the targets of the rules that match it. */
export class EventBus {
  readonly #options: EventBusOptions;
  readonly #deliveries = new Set<Promise<void>>();
  #closed = false;

  constructor(options: EventBusOptions) {
    this.#options = options;
  }

  readonly emit: EmitEvent = (event) => {
    if (this.#closed) return;
    const full = this.#completed(event);
    for (const rule of this.#options.rules) {
      if (!rule.enabled || !rule.matches(full)) continue;
      for (const target of rule.targets) this.#deliver(rule, target, full);
    }
  };

  /** Delivers no more events, and waits for those that are on their way. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#deliveries);
  }

  #completed({ source, detail, resources, 'detail-type': detailType }: BusEvent): JsonObject {
    const { account, now } = this.#options;
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: account.accountId,
      time: `${now().toISOString().slice(0, 19)}Z`,
      region: account.region,
      resources,
      detail,
    };
  }

  #deliver(rule: Rule, target: RuleTarget, event: JsonObject): void {
    const delivery = this.#options
      .deliver(target, target.inputOf(event), rule)
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.#options.log(`events rule ${rule.name} did not reach ${target.arn}: ${why}`);
      })
      .finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }
}
