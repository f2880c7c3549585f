import { progressLine, size } from './progress-line.ts';

const updated_at = '2026-11-30T10:15:00.000Z';

test('a line has what is known of a job', () => {
  const progress = { phase: 'dumping', rows: 1_234_567, bytes: 420_000_000, of_bytes: 1_000_000_000, eta_seconds: 83 };

  expect(progressLine({ id: 'j1', progress: { ...progress, phase: 'dumping', updated_at } }, 120)).toBe(
    'j1: dumping  [##########..............] 42 %  420 MB of about 1.0 GB  1,234,567 rows  0:01:23 left',
  );
  expect(progressLine({ id: 'j1', progress: { phase: 'running', updated_at } }, 120)).toBe('j1: running');
  expect(progressLine({ id: 'j1' }, 120)).toBe('j1: waiting for its first news');
});

test('a line is never longer than the terminal is wide', () => {
  const progress = { phase: 'dumping', bytes: 5, of_bytes: 10, updated_at } as const;

  for (let columns = 1; columns < 60; columns++) {
    expect(progressLine({ id: 'j1', progress }, columns).length).toBeLessThanOrEqual(columns);
  }
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [265_400_000, '265 MB'],
  [1.5e12, '1.5 TB'],
  [7e15, '7000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
