import { disableEvent, readEventSchedule } from './event-schedule.ts';

const ENABLED = ' ON COMPLETION NOT PRESERVE ENABLE';
const BODY = ' DO DELETE FROM t WHERE a = "ENDS ON COMPLETION PRESERVE ENABLE"';

test.each([
  [`AT '2026-01-01 00:00:00'${ENABLED}`, true],
  [`EVERY 1 DAY STARTS '2026-01-01 00:00:00' ENDS '2027-01-01 00:00:00'${ENABLED}`, true],
  [`EVERY 1 DAY STARTS '2026-01-01 00:00:00'${ENABLED}`, false],
  [`AT '2026-01-01 00:00:00' ON COMPLETION PRESERVE ENABLE`, false],
  [`AT '2026-01-01 00:00:00' ON COMPLETION NOT PRESERVE DISABLE`, false],
])('of %s the server drops it by itself: %s', (schedule, mayExpire) => {
  const sql = Buffer.from(`CREATE EVENT \`AT ENDS\` ON SCHEDULE ${schedule}${BODY}`);

  expect(readEventSchedule(sql, {}).mayExpire).toBe(mayExpire);
});

test.each([
  ['`ON COMPLETION PRESERVE ENABLE`', ''],
  ['"ON COMPLETION PRESERVE ENABLE"', 'ANSI_QUOTES'],
])('disables an event of the name %s, and changes nothing else', (name, sqlMode) => {
  const head = `CREATE DEFINER=\`root\`@\`%\` EVENT ${name} ON SCHEDULE EVERY '1:30' HOUR_MINUTE ON COMPLETION NOT PRESERVE `;
  const sql = Buffer.from(`${head}ENABLE COMMENT 'ENABLE'${BODY}`);

  const disabled = disableEvent(sql, readEventSchedule(sql, { sqlMode }));

  expect(disabled.toString()).toBe(`${head}DISABLE COMMENT 'ENABLE'${BODY}`);
});

test('leaves an event as it is that does not run', () => {
  const sql = Buffer.from(`CREATE EVENT e ON SCHEDULE EVERY 1 DAY ON COMPLETION PRESERVE DISABLE ON SLAVE${BODY}`);

  expect(disableEvent(sql, readEventSchedule(sql, {}))).toBe(sql);
});
