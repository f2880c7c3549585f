export type { ApiKey } from './api-keys.ts';
export type { ApiRequest, ApiResponse } from './api-request.ts';
export { ServiceRefusal, type CallAwsService } from './integration/service-call.ts';
export { UnsupportedApiError } from './load-document.ts';
export { renderMappingTemplate, type GatewayVariables, type Rendered } from './render-mapping-template.ts';
export { createRestApi, type RestApi, type RestApiOptions } from './rest-api.ts';
