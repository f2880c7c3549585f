import { scanSql, type SqlDialect } from '@serverless-ops/mysql-dump';

/** What the head of an event says of when it runs. */
export interface EventSchedule {
  /** Whether the server drops the event by itself when its time is over. */
  readonly mayExpire: boolean;
  /** Bytes of the statement before ENABLE; undefined for an event that does not run. */
  readonly enabledAt: number | undefined;
}

/** Reads `ON SCHEDULE ... ON COMPLETION [NOT] PRESERVE ENABLE`, as SHOW CREATE EVENT writes it in full. */
export function readEventSchedule(sql: Buffer, dialect: SqlDialect): EventSchedule {
  let at = 0;
  let before = '';
  let hasEnd = false;
  let isKept = true;
  let enabledAt: number | undefined;
  for (const { kind, text } of scanSql(sql.toString('latin1'), dialect)) {
    const word = kind === 'word' ? text.toUpperCase() : '';
    if (word === 'DO') break;
    if ((word === 'AT' && before === 'SCHEDULE') || word === 'ENDS') hasEnd = true;
    if (word === 'PRESERVE') isKept = before !== 'NOT';
    if (word === 'ENABLE' && before === 'PRESERVE') enabledAt = at;
    if (word !== '') before = word;
    at += text.length;
  }
  return { mayExpire: hasEnd && !isKept && enabledAt !== undefined, enabledAt };
}

/** The statement with an event that does not run. */
export function disableEvent(sql: Buffer, { enabledAt }: EventSchedule): Buffer {
  if (enabledAt === undefined) return sql;
  return Buffer.concat([sql.subarray(0, enabledAt), Buffer.from('DISABLE'), sql.subarray(enabledAt + 'ENABLE'.length)]);
}
