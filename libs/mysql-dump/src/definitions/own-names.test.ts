import { freeView } from './own-names.ts';

const VIEW = 'CREATE ALGORITHM=UNDEFINED DEFINER=`root`@`%` SQL SECURITY DEFINER VIEW `v` AS select ';

test.each([
  ['a table', '`t`.`a` AS `a` from `shop`.`t`', '`t`.`a` AS `a` from `t`'],
  ['a column', '`shop`.`t`.`a` AS `a` from (`shop`.`t` join `far`.`u`)', '`t`.`a` AS `a` from (`t` join `far`.`u`)'],
  ['a function', '`shop`.`f`(`t`.`a`) AS `x` from `t`', '`f`(`t`.`a`) AS `x` from `t`'],
  ['what is joined', '1 AS `1` from (`t` left join `shop`.`u` on(1))', '1 AS `1` from (`t` left join `u` on(1))'],
  ['what is joined in parentheses', '1 AS `1` from ((`shop`.`t` join `u`))', '1 AS `1` from ((`t` join `u`))'],
])('takes the database away from %s', (_, select, freed) => {
  expect(freeView(VIEW + select, 'shop').sql).toBe(VIEW + freed);
});

test.each([
  ['an alias of that name', '`shop`.`a` AS `a` from `t` `shop` where (`shop`.`a` > 1)'],
  ['another database', '`far`.`t`.`a` AS `a` from `far`.`t`'],
  ['a text', "'`shop`.`t`' AS `x` from `t`"],
  ['a text with an escaped quote', "'it\\'s `shop`.`t`' AS `x` from `t`"],
  ['a name', '1 AS ```shop``.``t```'],
])('leaves %s', (_, select) => {
  expect(freeView(VIEW + select, 'shop').sql).toBe(VIEW + select);
});

test('takes the database away, and not the table that is called like it', () => {
  const { sql } = freeView(`${VIEW}\`shop\`.\`shop\`.\`a\` AS \`a\` from \`shop\`.\`shop\``, 'shop');

  expect(sql).toBe(`${VIEW}\`shop\`.\`a\` AS \`a\` from \`shop\``);
});

test('says what the view reads of its own database', () => {
  const { reads } = freeView(`${VIEW}1 from ((\`shop\`.\`t\` join \`u\` \`x\`) join \`far\`.\`w\`)`, 'shop');

  expect(reads).toEqual(['t', 'u']);
});

test('does not take a SELECT that the view names for a table', () => {
  const { reads } = freeView(
    'CREATE VIEW `v` AS with recursive `n` (`i`) as (select 1 from `t`), m as (select 2) select 1 from (`n` join `m`)',
    'shop',
  );

  expect(reads).toEqual(['t']);
});

test('knows where a text ends whose last character ends like a backslash', () => {
  // The second byte of this character of sjis is the backslash.
  const sjis = Buffer.from([0x27, 0x95, 0x5c, 0x27]).toString('latin1');

  const { sql } = freeView(`${VIEW}${sjis} AS \`x\` from \`shop\`.\`t\``, 'shop', { characterSet: 'sjis' });

  expect(sql).toBe(`${VIEW}${sjis} AS \`x\` from \`t\``);
});
