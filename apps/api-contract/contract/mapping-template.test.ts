import { mappingTemplate } from './mapping-template.ts';

describe('mappingTemplate', () => {
  it('puts values in the places that a template names', () => {
    expect(mappingTemplate('start-job.response.vtl', { jobsPath: '/v1/jobs' })).toContain('"/v1/jobs/$body.id"');
  });

  it('names the value that a template misses', () => {
    expect(() => mappingTemplate('start-job.response.vtl')).toThrow(
      'start-job.response.vtl: no value for {{jobsPath}}. Pass it to mappingTemplate.',
    );
  });
});
