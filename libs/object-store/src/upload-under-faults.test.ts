import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { startScriptedS3Server, type S3Fault, type ScriptedS3Fault } from '@serverless-ops/test-servers';
import fc from 'fast-check';
import { prepareUpload } from './prepare-upload.ts';
import { S3_CLIENT_DEFAULTS } from './s3-client-defaults.ts';

const MIB = 1024 ** 2;
const whole = randomBytes(20 * MIB);

const fault = fc.constantFrom<S3Fault>(
  { kind: 'error', status: 500, code: 'InternalError' },
  { kind: 'error', status: 503, code: 'SlowDown' },
  { kind: 'error', status: 403, code: 'AccessDenied' },
  { kind: 'error-in-200', code: 'InternalError' },
  { kind: 'reset', afterBytes: 1 },
  { kind: 'lost-reply' },
  { kind: 'wrong-etag' },
  { kind: 'truncated-store' },
);
const scriptedFault: fc.Arbitrary<ScriptedS3Fault> = fc.record({
  // Not Create and Abort: an upload whose id is lost, or that S3 does not abort, can only be left to the lifecycle rule.
  operation: fc.constantFrom('UploadPart', 'CompleteMultipartUpload', 'HeadObject', 'ListObjectsV2'),
  times: fc.integer({ min: 1, max: 3 }),
  fault,
});
/** After so many bytes the source fails, or the upload is stopped, or neither. */
const end = fc.oneof(
  fc.constant(undefined),
  fc.record({ how: fc.constantFrom('fails', 'is stopped'), afterBytes: fc.nat({ max: whole.length - 1 }) }),
);

describe('an upload under any combination of faults', () => {
  it('stores everything and says so, or says that it failed; never shows a part, and leaves no upload open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scriptedFault, { maxLength: 4 }), end, async (script, early) => {
        const s3 = await startScriptedS3Server({ script: structuredClone(script) });
        const client = new S3Client({ ...S3_CLIENT_DEFAULTS, ...s3.clientConfig, maxAttempts: 2 });
        const stop = new AbortController();
        async function* source() {
          for (let start = 0; start < whole.length; start += MIB) {
            if (early && start + MIB > early.afterBytes) {
              if (early.how === 'fails') throw new Error('the source failed');
              stop.abort(new Error('stopped'));
            }
            yield await Promise.resolve(whole.subarray(start, start + MIB));
          }
        }
        const outcome = await prepareUpload(
          { client, bucket: 'backups', commitPatienceMs: 0 },
          { key: 'key', source: source(), contentType: 'application/zstd', signal: stop.signal },
        )
          .then((prepared) => prepared.complete())
          .then(
            () => 'stored',
            () => 'failed',
          );

        const stored = s3.object('backups', 'key')?.body;
        expect(s3.openUploads()).toEqual([]);
        if (early) expect({ outcome, storedBytes: stored?.length }).toEqual({ outcome: 'failed' });
        if (outcome === 'stored' || stored) expect(stored?.equals(whole)).toBe(true);
        client.destroy();
        await s3.stop();
      }),
      { numRuns: 40 },
    );
    // Each run uploads 20 MiB or waits for retries; 40 of them take half a minute on a busy machine.
  }, 180_000);
});
