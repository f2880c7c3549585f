import { sizeTable } from './size-table.ts';

it('shows each layer, what made it, and the sum', () => {
  const layers = [
    { bytes: 230_000_000, compressedBytes: 85_500_000, madeBy: 'COPY --from=system / /' },
    { bytes: 4_260_000, compressedBytes: 900_000, madeBy: 'COPY main.mjs ./' },
  ];
  expect(sizeTable(layers)).toBe(
    [
      ' 230.0 MB    85.5 MB to pull  COPY --from=system / /',
      '   4.3 MB     0.9 MB to pull  COPY main.mjs ./',
      ' 234.3 MB    86.4 MB to pull  the image',
    ].join('\n'),
  );
});
