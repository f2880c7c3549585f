import { secretTexts } from './secret-texts.ts';

/** Put together here, so that no scanner of this repository takes them for real ones. */
const letters = (count: number): string => 'Ab3/'.repeat(count / 4);

describe('a secret in a file', () => {
  it.each([
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}`],
    ['a private key', `{"key":"-----BEGIN PRIVATE KEY-----\\n${letters(64)}"}`],
    ['an access key of AWS', `AWS_ACCESS_KEY_ID=AKI${'A'.repeat(17)}`],
    ['a secret access key of AWS', `aws_secret_access_key = ${letters(40)}`],
    ['a token of GitHub, npm or Slack', `//registry/:_authToken=npm_${'a1'.repeat(18)}`],
    ['a URL with a password', 'mysql://backup:hunter2@db.example.com/shop'],
    ['a password on a command line', 'mysqldump --user=backup --password=hunter2 shop'],
    ['a password in SQL', "ALTER USER 'mary' IDENTIFIED BY 'hunter2'"],
    ['a password in clear', 'const options = { user: "mary", password: "hunter2" };'],
    ['a password in clear', '{"Password":"hunter2"}'],
  ])('is found: %s', (name, text) => {
    expect(secretTexts(`first line\n${text}\nlast line`)).toEqual([name]);
  });

  it.each([
    ['-----BEGIN CERTIFICATE-----\nMIIB'],
    ["const header = '-----BEGIN PRIVATE KEY-----';"],
    ['https://example.com:443/a@b'],
    ['mysql --defaults-extra-file=/dev/fd/3 --password="$DB_PASS"'],
    ["`IDENTIFIED BY '${escape(password)}'`"],
    ['{ db_user: "username", db_pass: "password" }'],
    ['{"password": {"type": "string"}}'],
    ['password = ""'],
  ])('is not %s', (text) => {
    expect(secretTexts(text)).toEqual([]);
  });
});
