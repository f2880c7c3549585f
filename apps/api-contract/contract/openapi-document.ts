import { resourceNames } from '@serverless-ops/names';
import type { ApiDeployment } from './api-deployment.ts';
import { gatewayResponses } from './gateway-responses.ts';
import { models } from './models.ts';
import { API_KEY_SCHEME, REQUEST_VALIDATOR } from './operation.ts';
import { startBackup, startJob } from './start-operations.ts';
import { getBackupStatus, getJob } from './status-operations.ts';

/** The whole REST API as an OpenAPI 3.0 document, with what API Gateway needs to run it. */
export function openApiDocument(deployment: ApiDeployment) {
  return {
    openapi: '3.0.1',
    info: {
      title: resourceNames(deployment.namePrefix).api,
      description: 'Operations tasks on MySQL databases',
      version: '1',
    },
    paths: {
      '/jobs': { post: startJob(deployment) },
      '/jobs/{id}': { get: getJob(deployment) },
      '/db/backup': { post: startBackup(deployment) },
      '/db/backup/status': { post: getBackupStatus(deployment) },
    },
    components: {
      schemas: models(),
      securitySchemes: { [API_KEY_SCHEME]: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
    },
    'x-amazon-apigateway-api-key-source': 'HEADER',
    'x-amazon-apigateway-request-validators': {
      [REQUEST_VALIDATOR]: { validateRequestBody: true, validateRequestParameters: true },
    },
    'x-amazon-apigateway-request-validator': REQUEST_VALIDATOR,
    'x-amazon-apigateway-gateway-responses': gatewayResponses(),
  };
}
