import {
  destination as openDestination,
  pino,
  stdTimeFunctions,
  type DestinationStream,
  type Level,
  type Logger,
} from 'pino';
import { describeError } from './describe-error.ts';
import { createLineRedactor } from './line-redactor.ts';

/** Fields of every line of one job. */
export interface JobFields {
  job_id: string;
  job_name?: string;
}

export interface JobLogger {
  logger: Logger;
  /** From now on this text is hidden in every line, also where it stands escaped or encoded. */
  hideSecret(text: string): void;
  /** What leaves by another way than the log, such as a result or a cause, with the same secrets hidden. */
  redact<Value>(value: Value): Value;
}

/** Logger of one job: a JSON object a line, with the job's fields in every one and secrets in none. */
export function createJobLogger(options: {
  fields: JobFields;
  /** @default info */
  level?: Level;
  /** @default standard output, written at once so that an exit loses no line */
  destination?: DestinationStream;
}): JobLogger {
  const { fields, level = 'info', destination = openDestination({ fd: 1, sync: true }) } = options;
  const redactor = createLineRedactor();
  const logger = pino(
    {
      base: fields,
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: (line) => redactor.redactLine(line) },
    },
    destination,
  );
  return {
    logger,
    hideSecret: (text) => redactor.hideSecret(text),
    redact: <Value>(value: Value) => redactor.redact(value) as Value,
  };
}
