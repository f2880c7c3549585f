import { freeTrigger } from './own-trigger.ts';

const HEAD = 'CREATE DEFINER=`root`@`%` ';

test.each([
  [
    'TRIGGER shop.tr BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
    'TRIGGER tr BEFORE INSERT ON t FOR EACH ROW SET @x = 1',
  ],
  ['trigger tr before insert on `shop` . `t` for each row do 1', 'trigger tr before insert on `t` for each row do 1'],
  [
    'TRIGGER IF NOT EXISTS shop.tr AFTER DELETE ON shop.t FOR EACH ROW BEGIN END',
    'TRIGGER IF NOT EXISTS tr AFTER DELETE ON t FOR EACH ROW BEGIN END',
  ],
  [
    '/* on shop.t */ TRIGGER -- on\n shop.tr BEFORE INSERT ON/**/shop.t FOR EACH ROW SET @x = 1',
    '/* on shop.t */ TRIGGER -- on\n tr BEFORE INSERT ON/**/t FOR EACH ROW SET @x = 1',
  ],
])('takes the database out of the head of a trigger: %s', (typed, freed) => {
  expect(freeTrigger(HEAD + typed, 'shop')).toBe(HEAD + freed);
});

test('leaves the body, and a table that is called like the database', () => {
  const sql = `${HEAD}TRIGGER tr BEFORE INSERT ON shop FOR EACH ROW INSERT INTO shop.t VALUES (1)`;

  expect(freeTrigger(sql, 'shop')).toBe(sql);
});

test('reads names in double quotes under ANSI_QUOTES', () => {
  const sql = `${HEAD}TRIGGER "shop"."tr" BEFORE INSERT ON "shop"."t" FOR EACH ROW SET @x = 1`;

  expect(freeTrigger(sql, 'shop', { sqlMode: 'ANSI_QUOTES' })).toBe(
    `${HEAD}TRIGGER "tr" BEFORE INSERT ON "t" FOR EACH ROW SET @x = 1`,
  );
});
