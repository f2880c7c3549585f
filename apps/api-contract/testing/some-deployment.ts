import type { ApiDeployment } from '../contract/api-deployment.ts';
import { openApiDocument } from '../contract/openapi-document.ts';

export const SOME_DEPLOYMENT: ApiDeployment = {
  partition: 'aws',
  region: 'eu-central-1',
  account: '111122223333',
  namePrefix: 'serverlessops',
  roleArn: 'arn:aws:iam::111122223333:role/api',
};

/** The document as it is deployed to some account. */
export const SOME_DOCUMENT = openApiDocument(SOME_DEPLOYMENT);

type Path = keyof typeof SOME_DOCUMENT.paths;

/** The one method of each path. */
const METHODS = {
  '/jobs': SOME_DOCUMENT.paths['/jobs'].post,
  '/jobs/{id}': SOME_DOCUMENT.paths['/jobs/{id}'].get,
  '/db/backup': SOME_DOCUMENT.paths['/db/backup'].post,
  '/db/backup/status': SOME_DOCUMENT.paths['/db/backup/status'].post,
} satisfies Record<Path, unknown>;

const integrationOf = (path: Path) => METHODS[path]['x-amazon-apigateway-integration'];

/** Request template of a path's method. */
export const requestTemplate = (path: Path): string => integrationOf(path).requestTemplates['application/json'];

/** Response template of a path's method, for the answers of Step Functions with such a status. */
export function responseTemplate(path: Path, status: 'default' | '4\\d{2}' | '5\\d{2}' = 'default'): string {
  return integrationOf(path).responses[status].responseTemplates['application/json'];
}
