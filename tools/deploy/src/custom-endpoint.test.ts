import { customEndpointNotice } from './custom-endpoint.ts';

describe('a deploy with AWS_ENDPOINT_URL', () => {
  it.each(['http://127.0.0.1:4566', 'http://localhost:4566', 'http://[::1]:4566/'])('to %s is refused', (endpoint) => {
    expect(() => customEndpointNotice({ AWS_ENDPOINT_URL: endpoint })).toThrow(/"unset AWS_ENDPOINT_URL"/);
  });

  it('to another host says where it deploys to', () => {
    const notice = customEndpointNotice({ AWS_ENDPOINT_URL: 'https://aws.example.com' });

    expect(notice).toContain('https://aws.example.com');
  });

  it.each([{}, { AWS_ENDPOINT_URL: '' }])('that is absent or empty says nothing: %j', (env) => {
    expect(customEndpointNotice(env)).toBeUndefined();
  });
});
