/** Something of the database that the dump does not hold, or that its restore needs; it belongs into manifest and result. */
export interface Incompleteness {
  /** Such as `triggers of table "orders"`. */
  readonly what: string;
  /** A sentence. */
  readonly why: string;
  /** What the operator can do, as a sentence. */
  readonly remedy: string;
}
