import { withDefiner, type DefinerRule } from './definer.ts';

const apply = (sql: string, rule: DefinerRule): string => withDefiner(Buffer.from(sql), rule).toString();
const VIEW = 'CREATE ALGORITHM=MERGE DEFINER=`o``connor`@`10.0.0.%` SQL SECURITY DEFINER VIEW `v` AS select 1';

test('keeps, strips or replaces the definer', () => {
  expect(apply(VIEW, 'keep')).toBe(VIEW);
  expect(apply(VIEW, 'strip')).toBe('CREATE ALGORITHM=MERGE SQL SECURITY DEFINER VIEW `v` AS select 1');
  expect(apply(VIEW, { user: 'app', host: '%' })).toBe(
    'CREATE ALGORITHM=MERGE DEFINER=`app`@`%` SQL SECURITY DEFINER VIEW `v` AS select 1',
  );
});

test.each([
  ['a role', 'CREATE DEFINER=`role` PROCEDURE `p`() SELECT 1', 'CREATE PROCEDURE `p`() SELECT 1'],
  ['double quotes', 'CREATE DEFINER="a ""b"@"%" TRIGGER "t" ...', 'CREATE TRIGGER "t" ...'],
  ['OR REPLACE', 'CREATE OR REPLACE DEFINER=`a`@`%` TRIGGER t ...', 'CREATE OR REPLACE TRIGGER t ...'],
  ['none', "CREATE LIBRARY `l` AS 'DEFINER=`a`@`b` '", "CREATE LIBRARY `l` AS 'DEFINER=`a`@`b` '"],
])('strips a definer of %s', (_, sql, stripped) => {
  expect(apply(sql, 'strip')).toBe(stripped);
});

test('leaves the bytes of other character sets as they are', () => {
  const body = Buffer.concat([
    Buffer.from("CREATE DEFINER=`a`@`b` PROCEDURE `p`() SELECT '"),
    Buffer.from([0xe9, 0x27]),
  ]);

  expect(withDefiner(body, 'strip').subarray(-2)).toEqual(Buffer.from([0xe9, 0x27]));
});
