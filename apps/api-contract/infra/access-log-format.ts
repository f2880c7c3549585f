/**
 * One line of JSON per request: who asked for what, when, and how it ended. Everything in it is said by API Gateway:
 * no header, path or body as the caller wrote it, and of the API key only its id.
 */
export const ACCESS_LOG_FORMAT = JSON.stringify({
  request_id: '$context.requestId',
  time: '$context.requestTime',
  api_key_id: '$context.identity.apiKeyId',
  source_ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  problem: '$context.error.responseType',
  step_functions_status: '$context.integration.status',
  latency_ms: '$context.responseLatency',
  step_functions_latency_ms: '$context.integration.latency',
  trace_id: '$context.xrayTraceId',
});
