import { AwsError } from '../endpoint/aws-error.ts';

export interface LogEvent {
  /** Sorts by arrival, and is unique: `aws logs tail --follow` tells new from known by it. */
  eventId: string;
  streamName: string;
  /** Unix milliseconds. */
  timestamp: number;
  ingestionTime: number;
  message: string;
}

export interface LogStream {
  name: string;
  createdAt: number;
  events: LogEvent[];
}

export interface LogGroup {
  name: string;
  createdAt: number;
  retentionInDays?: number | undefined;
  kmsKeyId?: string | undefined;
  streams: Map<string, LogStream>;
}

/** CloudWatch Logs' groups and streams, in memory. */
export class LogStore {
  readonly #groups = new Map<string, LogGroup>();
  readonly #now: () => Date;
  #eventCount = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  createGroup({ name, retentionInDays, kmsKeyId }: Pick<LogGroup, 'name' | 'retentionInDays' | 'kmsKeyId'>): void {
    if (this.#groups.has(name)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const createdAt = this.#now().getTime();
    this.#groups.set(name, { name, createdAt, retentionInDays, kmsKeyId, streams: new Map() });
  }

  hasGroup(name: string): boolean {
    return this.#groups.has(name);
  }

  requireGroup(name: string): LogGroup {
    const group = this.#groups.get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  requireStream(groupName: string, streamName: string): LogStream {
    const stream = this.requireGroup(groupName).streams.get(streamName);
    if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  /** Every group, sorted by name. */
  listGroups(): LogGroup[] {
    return [...this.#groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  createStream(groupName: string, streamName: string): LogStream {
    const { streams } = this.requireGroup(groupName);
    if (streams.has(streamName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    const stream = { name: streamName, createdAt: this.#now().getTime(), events: [] };
    streams.set(streamName, stream);
    return stream;
  }

  /** Adds a line to a stream, which is made at its first line. */
  write(groupName: string, streamName: string, message: string, timestamp = this.#now().getTime()): void {
    const stream = this.requireGroup(groupName).streams.get(streamName) ?? this.createStream(groupName, streamName);
    const eventId = String(++this.#eventCount).padStart(56, '0');
    stream.events.push({ eventId, streamName, timestamp, ingestionTime: this.#now().getTime(), message });
  }
}
