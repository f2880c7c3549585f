import { tlsFor } from './database-tls.ts';

test.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1'])('%s needs no TLS', (host) => {
  expect(tlsFor(host, 'verify')).toEqual({ mode: 'loopback' });
  expect(tlsFor(host, 'INSECURE_unverified')).toEqual({ mode: 'loopback' });
});

test.each(['db.example.com', '10.0.0.1', '127.example.com', 'localhost.example.com', '128.0.0.1', '::2', ''])(
  '%s is verified, unless the loudly named setting says otherwise',
  (host) => {
    expect(tlsFor(host, 'verify')).toEqual({ mode: 'verify' });
    expect(tlsFor(host, 'INSECURE_unverified')).toEqual({ mode: 'INSECURE_unverified' });
  },
);

test('carries the file of authorities to where a certificate is verified', () => {
  expect(tlsFor('db.example.com', 'verify', '/app/authorities.pem')).toEqual({
    mode: 'verify',
    caFile: '/app/authorities.pem',
  });
});
