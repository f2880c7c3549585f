import { matchesHost, specificityOf } from './match-host.ts';

describe('the host of an account', () => {
  it.each([
    ['%', '10.0.3.7', true],
    ['', '10.0.3.7', true],
    ['10.0.3.7', '10.0.3.7', true],
    ['10.0.3.7', '10.0.3.70', false],
    ['10.0.%', '10.0.3.7', true],
    ['10.0.3._', '10.0.3.7', true],
    ['10.0.3._', '10.0.3.17', false],
    ['10.1.%', '10.0.3.7', false],
    ['10x0x3x7', '10.0.3.7', false],
    ['10.0.0.0/255.255.0.0', '10.0.3.7', true],
    ['10.0.0.0/255.255.255.0', '10.0.3.7', false],
    ['10.0.0.0/16', '10.0.3.7', true],
    ['10.1.0.0/16', '10.0.3.7', false],
    ['app1.example', '10.0.3.7', false],
    ['APP1.Example', 'app1.example', true],
    ['%.example', 'app1.example', true],
    ['app\\_1', 'app_1', true],
    ['app\\_1', 'appx1', false],
    ['(a+)+$', 'aaaa', false],
    ['2001:db8::%', '2001:db8::7', true],
    // A server that shows a name knows the address too, and we may not.
    ['10.0.%', 'ip-10-0-3-7.ec2.internal', undefined],
    ['10.0.0.0/255.255.0.0', 'ip-10-0-3-7.ec2.internal', undefined],
    ['%.example', 'ip-10-0-3-7.ec2.internal', false],
  ])('%j takes a login from %j: %s', (host, address, expected) => {
    expect(matchesHost(host, address)).toBe(expected);
  });

  it('that has the length of a prefix is a name for MariaDB', () => {
    expect(matchesHost('10.0.0.0/16', '10.0.3.7', false)).toBe(false);
    expect(matchesHost('10.0.0.0/255.255.0.0', '10.0.3.7', false)).toBe(true);
  });

  it('comes before another one the later its first wildcard is', () => {
    const hosts = ['%', '', '10.0.3.0/255.255.255.0', '10.0.3.7', '10.%', '10.0.%', '_0.0.3.7'];

    expect(hosts.sort((one, other) => specificityOf(other) - specificityOf(one))).toEqual([
      ...['10.0.3.7', '10.0.3.0/255.255.255.0', '10.0.%', '10.%', '%', '_0.0.3.7', ''],
    ]);
  });
});
