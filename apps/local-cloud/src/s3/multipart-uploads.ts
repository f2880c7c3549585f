import { xmlElement } from '../endpoint/xml.ts';
import type { S3Operation } from './s3-operation.ts';

interface UploadedPart {
  etag: string;
  sizeBytes: number;
  modifiedAt: Date;
}

interface MultipartUpload {
  uploadId: string;
  bucket: string;
  key: string;
  initiatedAt: Date;
  parts: Map<number, UploadedPart>;
}

const XMLNS = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';

/** The multipart uploads that were begun and neither completed nor aborted: `fauxqs` has them, but cannot list them. */
export class MultipartUploads {
  readonly #uploads = new Map<string, MultipartUpload>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  begin(uploadId: string, { bucket, key }: S3Operation): void {
    this.#uploads.set(uploadId, { uploadId, bucket, key, initiatedAt: this.#now(), parts: new Map() });
  }

  addPart(uploadId: string, partNumber: number, part: Omit<UploadedPart, 'modifiedAt'>): void {
    this.#uploads.get(uploadId)?.parts.set(partNumber, { ...part, modifiedAt: this.#now() });
  }

  end(uploadId: string): void {
    this.#uploads.delete(uploadId);
  }

  /** `ListMultipartUploads`, all on one page. */
  listUploads(bucket: string, prefix: string): string {
    const uploads = [...this.#uploads.values()]
      .filter((upload) => upload.bucket === bucket && upload.key.startsWith(prefix))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ uploadId, key, initiatedAt }) =>
        xmlElement('Upload', {
          Key: key,
          UploadId: uploadId,
          StorageClass: 'STANDARD',
          Initiated: initiatedAt.toISOString(),
        }),
      );
    const head = xmlElement('Bucket', bucket) + xmlElement('Prefix', prefix) + xmlElement('IsTruncated', false);
    return `<ListMultipartUploadsResult ${XMLNS}>${head}${uploads.join('')}</ListMultipartUploadsResult>`;
  }

  /** `ListParts`, all on one page; undefined when there is no such upload. */
  listParts(uploadId: string): string | undefined {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return undefined;
    const parts = [...upload.parts]
      .sort(([a], [b]) => a - b)
      .map(([partNumber, { etag, sizeBytes, modifiedAt }]) =>
        xmlElement('Part', {
          PartNumber: partNumber,
          ETag: etag,
          Size: sizeBytes,
          LastModified: modifiedAt.toISOString(),
        }),
      );
    const { bucket, key } = upload;
    const head = Object.entries({ Bucket: bucket, Key: key, UploadId: uploadId, IsTruncated: false })
      .map(([name, value]) => xmlElement(name, value))
      .join('');
    return `<ListPartsResult ${XMLNS}>${head}${parts.join('')}</ListPartsResult>`;
  }
}
