import { freeDefaults } from './own-sequences.ts';

test('takes the database away from the sequences of defaults, and from nothing else', () => {
  const sql =
    'CREATE TABLE `t` (\n  `id` bigint DEFAULT nextval(`shop`.`s`),\n' +
    "  `x` text DEFAULT 'nextval(`shop`.`s`)' COMMENT 'nextval(`shop`.`s`)',\n  `y` bigint DEFAULT nextval(`far`.`s`)\n)";

  expect(freeDefaults(sql, 'shop')).toBe(sql.replace('DEFAULT nextval(`shop`.', 'DEFAULT nextval('));
});
