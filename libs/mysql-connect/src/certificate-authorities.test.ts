import { X509Certificate } from 'node:crypto';
import { certificateAuthorities } from './certificate-authorities.ts';

test('has the authorities of Amazon RDS and those of Node, each a readable certificate', () => {
  const subjects = certificateAuthorities().map((pem) => new X509Certificate(pem).subject);

  expect(subjects.filter((subject) => subject.includes('Amazon RDS eu-central-1 Root CA')).length).toBeGreaterThan(0);
  expect(subjects.filter((subject) => subject.includes('Amazon Root CA 1')).length).toBeGreaterThan(0);
  expect(subjects.filter((subject) => subject.includes('ISRG Root X1')).length).toBeGreaterThan(0);
});
