import { memorySink } from '../testing/memory-sink.ts';
import { RowsObjects } from './rows-objects.ts';

const piece = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));

test('no object begins after a failure: a thread that was not yet stopped has pieces on their way', async () => {
  const { sink, objects } = memorySink();
  const begun: string[] = [];
  const rows = new RowsObjects({
    sink: (key, source) => {
      begun.push(key);
      return sink(key, source);
    },
    objectBytes: 1000,
    onFailure: () => undefined,
  });
  const [first, second] = [rows.lane(() => undefined), rows.lane(() => undefined)];
  first.push(piece('one'));

  await rows.fail(new Error('the server is gone'));
  first.push(piece('two'));
  second.push(piece('three'));

  expect(begun).toEqual(['2-rows-00001.sql.zst']);
  expect(objects.size).toBe(0);
});
