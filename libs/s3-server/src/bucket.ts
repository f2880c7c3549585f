import type { MultipartUpload } from './multipart-upload.ts';
import type { StoredObject } from './stored-object.ts';

/** One bucket: its objects by key, and the uploads that were begun and neither completed nor aborted, by id. */
export class Bucket {
  readonly name: string;
  readonly createdAt: Date;
  /** What GetBucketVersioning answers. The server keeps no versions, whatever it says. @default - never set */
  versioning: 'Enabled' | 'Suspended' | undefined;
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, MultipartUpload>();

  constructor(name: string, createdAt: Date) {
    this.name = name;
    this.createdAt = createdAt;
  }

  /** Stores an object at once, in place of the one that was there. */
  async put(key: string, object: StoredObject): Promise<void> {
    const former = this.objects.get(key);
    this.objects.set(key, object);
    await former?.bytes.drop();
  }

  async delete(key: string): Promise<void> {
    const former = this.objects.get(key);
    this.objects.delete(key);
    await former?.bytes.drop();
  }

  /** Keys in the order in which S3 lists them: by the bytes of their UTF-8. */
  sortedKeys(prefix: string): string[] {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix));
    return keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }
}

/** Whether a bucket may have this name; S3's naming rules, without the reserved prefixes and suffixes. */
export const isBucketName = (name: string): boolean =>
  /^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(name);
