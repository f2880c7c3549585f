import type { LogEvent } from '../log-store.ts';

/** A log event as a query sees it, or a group of events: name of a field to its text. */
export type Row = ReadonlyMap<string, string>;

/** The fields that every event has, and those of a message that is JSON under their paths, as Logs Insights finds them. */
export function rowOf(event: LogEvent, logGroup: string): Row {
  return new Map([
    ...jsonFields(event.message),
    ['@timestamp', timestampText(event.timestamp)],
    ['@ingestionTime', timestampText(event.ingestionTime)],
    ['@message', event.message],
    ['@logStream', event.streamName],
    ['@log', logGroup],
    ['@ptr', Buffer.from(`${logGroup}/${event.eventId}`).toString('base64')],
  ]);
}

/** `2026-11-25 06:15:30.000`. */
const timestampText = (unixMs: number): string => new Date(unixMs).toISOString().replace('T', ' ').replace('Z', '');

function jsonFields(message: string): [name: string, value: string][] {
  try {
    const parsed = JSON.parse(message) as unknown;
    return typeof parsed === 'object' && parsed !== null ? fieldsBelow(parsed, '') : [];
  } catch {
    return [];
  }
}

function fieldsBelow(value: object, prefix: string): [name: string, value: string][] {
  return Object.entries(value as Record<string, unknown>).flatMap(([key, item]): [string, string][] => {
    const name = `${prefix}${key}`;
    if (item === null || item === undefined) return [];
    return typeof item === 'object'
      ? fieldsBelow(item, `${name}.`)
      : [[name, typeof item === 'string' ? item : JSON.stringify(item)]];
  });
}
