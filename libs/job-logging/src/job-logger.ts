import { JobError } from '@serverless-ops/job-schemas';
import { pino, stdTimeFunctions, type DestinationStream, type Level, type LogFn, type Logger } from 'pino';
import { createErrorDescriber } from './describe-error.ts';
import { redactLine } from './line-redactor.ts';
import { Secrets } from './secrets.ts';
import { writeAtOnce } from './write-at-once.ts';

/** Fields of every line of one job. */
export interface JobFields {
  job_id: string;
  job_name?: string;
}

export interface JobLogger {
  readonly logger: Logger;
  /** From now on this text is hidden in what others wrote, also where it is escaped or encoded. */
  readonly hideSecret: (text: string) => void;
  /** Text that others wrote, with secrets hidden: for what is printed, logged or reported of it. */
  readonly redact: (text: string) => string;
  /** The same, at most about `maxCharacters` of it. A secret that the cut goes through is hidden as a whole. */
  readonly redactAndCut: (text: string, maxCharacters: number) => string;
  /** Text of our own, with only those secrets hidden that are like nothing else: none should be in it. */
  readonly redactOwn: (text: string) => string;
  /** One line that says why the job failed, with each message in it once. */
  readonly logFailure: (error: JobError) => void;
}

const STANDARD_OUTPUT = 1;

/** Logger of one job: a JSON object a line, with the job's fields in every one and secrets in none. */
export function createJobLogger(options: {
  fields: JobFields;
  /** @default info */
  level?: Level;
  /** @default standard output, written at once so that an exit loses no line */
  destination?: DestinationStream;
}): JobLogger {
  const { fields, level = 'info', destination = writeAtOnce(STANDARD_OUTPUT) } = options;
  const secrets = new Secrets();
  const redact = (text: string): string => secrets.redact(text);
  const { describeError, describeFailure } = createErrorDescriber(redact);
  const logger = pino(
    {
      base: fields,
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: {
        streamWrite: (line) => redactLine(line, secrets),
        logMethod(args, method) {
          method.apply(this, withMessageOfError(args, redact));
        },
      },
    },
    destination,
  );
  return {
    logger,
    hideSecret: (text) => secrets.hide(text),
    redact,
    redactAndCut: (text, maxCharacters) => secrets.redactAndCut(text, maxCharacters),
    redactOwn: (text) => secrets.redactRandom(text),
    logFailure: (error) => logger.error(describeFailure(error), error.message),
  };
}

/** An error alone makes a line whose message is the error's, which others may have written. */
function withMessageOfError(args: Parameters<LogFn>, redact: (text: string) => string): Parameters<LogFn> {
  const [error, ...rest] = args as [unknown, ...unknown[]];
  if (!(error instanceof Error) || rest.length > 0) return args;
  return [{ err: error }, error instanceof JobError ? error.message : redact(error.message)];
}
