/** A statement of a dump's file. */
export interface Statement {
  /** Without delimiter. Bytes, because a definition keeps the character set that it was written in. */
  readonly sql: Uint8Array;
  /** What it makes, for those who restore a part; undefined for what sets up the session. */
  readonly makes?: MadeObject;
  /** The table that cannot be made without it, for statements around the one that makes it. */
  readonly ofTable?: string;
  /** The character set that a client must read the statement in to see where its texts end. @default any */
  readonly clientCharacterSet?: string;
}

export type ObjectKind =
  | 'TABLE'
  | 'SEQUENCE'
  | 'VIEW'
  | 'TRIGGER'
  | 'EVENT'
  | 'FUNCTION'
  | 'PROCEDURE'
  | 'PACKAGE'
  | 'PACKAGE BODY'
  | 'LIBRARY';

export interface MadeObject {
  readonly kind: ObjectKind;
  readonly name: string;
}

/** A statement of text. */
export function statement(sql: string, makes?: MadeObject): Statement {
  return { sql: Buffer.from(sql, 'utf8'), ...(makes && { makes }) };
}
