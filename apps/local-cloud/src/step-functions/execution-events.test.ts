import { createTestBed } from './testing/test-bed.ts';

/** Details of the event of the end of a machine that gives back what it takes. */
async function endOf(text: string) {
  const bed = createTestBed();
  await bed.run({ Done: { Type: 'Pass', End: true } }, text);
  return bed.events.at(-1)?.detail;
}

describe('the event of an execution', () => {
  it('has the input and the output as text', async () => {
    expect(await endOf('x')).toMatchObject({
      input: '"x"',
      inputDetails: { included: true },
      output: '"x"',
      outputDetails: { included: true },
    });
  });

  it('leaves the input out where both do not fit, and the output where even that does not', async () => {
    expect(await endOf('x'.repeat(150_000))).toMatchObject({
      input: null,
      inputDetails: { included: false },
      outputDetails: { included: true },
    });
    expect(await endOf('x'.repeat(255_000))).toMatchObject({
      input: null,
      output: null,
      outputDetails: { included: false },
    });
  });
});
