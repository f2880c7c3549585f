import { join } from 'node:path';
import { isIP } from 'node:net';
import { runProgram } from '../programs/run-program.ts';

/** PEM files of a certificate, its key, and the authority made to sign it. */
export interface ServerCertificate {
  readonly caFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/** Makes an authority, and a certificate of it for `hostName`, in `folder`. Needs openssl 3. */
export async function createServerCertificate(folder: string, hostName: string): Promise<ServerCertificate> {
  const [caFile, caKey] = [join(folder, 'ca.pem'), join(folder, 'ca-key.pem')];
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const name = `${isIP(hostName) ? 'IP' : 'DNS'}:${hostName}`;
  const request = (subject: string): string[] => ['req', '-x509', ...NEW_KEY, '-subj', `/CN=${subject}`];
  await runProgram('openssl', [...request('Test authority'), '-keyout', caKey, '-out', caFile]);
  await runProgram('openssl', [
    ...request('Test server'),
    ...['-CA', caFile, '-CAkey', caKey, '-addext', `subjectAltName=${name}`],
    ...['-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', keyFile, '-out', certificateFile],
  ]);
  return { caFile, certificateFile, keyFile };
}
