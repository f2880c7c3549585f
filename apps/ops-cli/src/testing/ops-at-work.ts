import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, PutParameterCommand, SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import { createOpsParameterStore } from '../parameter-store.ts';
import type { Prompts } from '../prompts.ts';
import type { BackupWithDrill } from '../backups/describe-backups.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { runOps } from '../run-ops.ts';
import { scriptedJobs } from './scripted-jobs.ts';

/** What the world around the command is like in one run. */
export interface Circumstances {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Answers of the person at the terminal. Absent: there is no terminal. */
  readonly answers?: readonly string[];
  /** @default none */
  readonly jobs?: Jobs;
  /** What is in every bucket. @default none */
  readonly backups?: readonly BackupWithDrill[];
  /** How often the person presses Ctrl-C, once in each wait. @default never */
  readonly interrupts?: number;
}

export interface Outcome {
  readonly exitCode: number;
  readonly said: string;
  readonly complained: string;
  /** Questions, a hidden one with `[hidden]` before it. */
  readonly asked: readonly string[];
}

/** The command with a Parameter Store and a settings file of its own. */
export interface OpsAtWork {
  readonly settingsFile: string;
  run(words: readonly string[], circumstances?: Circumstances): Promise<Outcome>;
  put(name: string, value: string, type?: 'String' | 'SecureString'): Promise<void>;
  /** Type and decrypted value, as `SecureString s3cret`; undefined when there is none. */
  stored(name: string): Promise<string | undefined>;
  finish(): void;
}

export function startOps(clientConfig: SSMClientConfig, settings: string): OpsAtWork {
  const folder = mkdtempSync(join(tmpdir(), 'ops-'));
  const settingsFile = join(folder, 'settings.yml');
  writeFileSync(settingsFile, settings);
  // A connection is used once: while a test waits for a process, the server closes those that are idle.
  const requestHandler = { httpAgent: { keepAlive: false } };
  const client = new SSMClient({ ...clientConfig, maxAttempts: 1, requestHandler });
  return {
    settingsFile,
    async run(words, { env = {}, stdin = '', answers, jobs = scriptedJobs(), backups = [], interrupts = 0 } = {}) {
      let interruptsLeft = interrupts;
      let nowMs = Date.parse('2026-11-30T10:15:00Z');
      let interrupt: (() => void) | undefined;
      const [said, complained, asked]: [string[], string[], string[]] = [[], [], []];
      const exitCode = await runOps(words, {
        env,
        defaultSettingsFile: settingsFile,
        connect: () => createOpsParameterStore(client),
        connectJobs: () => jobs,
        connectStore: () => ({
          listBackups: () => Promise.resolve({ backups, foreignKeys: [] }),
          readDrillRecord: (asked) =>
            Promise.resolve(backups.find((each) => each.backupId === asked.backupId)?.lastDrill),
        }),
        readStdin: () => Promise.resolve(stdin),
        say: (text) => void said.push(text),
        complain: (text) => void complained.push(text),
        onInterrupt: (handle) => {
          interrupt = handle;
          return () => (interrupt = undefined);
        },
        sleep: (ms) => {
          nowMs += ms;
          if (interruptsLeft-- > 0) interrupt?.();
          return Promise.resolve();
        },
        now: () => new Date(nowMs),
        randomHex: (bytes) => 'ab'.repeat(bytes),
        ...(answers && { openPrompts: () => answering(answers, asked) }),
      });
      return { exitCode, said: said.join(''), complained: complained.join(''), asked };
    },
    async put(name, value, type = 'String') {
      await client.send(new PutParameterCommand({ Name: name, Value: value, Type: type }));
    },
    async stored(name) {
      const command = new GetParameterCommand({ Name: name, WithDecryption: true });
      const { Parameter } = await client.send(command).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ParameterNotFound') return { Parameter: undefined };
        throw error;
      });
      return Parameter && `${Parameter.Type ?? ''} ${Parameter.Value ?? ''}`;
    },
    finish() {
      client.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

function answering(answers: readonly string[], asked: string[]): Prompts {
  const left = [...answers];
  const answer = (question: string): Promise<string> => {
    asked.push(question);
    const next = left.shift();
    return next === undefined
      ? Promise.reject(new Error(`No answer is scripted for "${question}"`))
      : Promise.resolve(next);
  };
  return { ask: answer, askHidden: (question) => answer(`[hidden] ${question}`), close: () => undefined };
}
