import { createModels } from './request-model.ts';
import { openApiDocument } from '../open-api-document.ts';

const check = (pattern: string) =>
  createModels(openApiDocument.parse({ openapi: '3.0.1', paths: {} }))({ type: 'string', pattern });

describe('a pattern of a model', () => {
  it('means what it means to Rhino, which has no flag u', () => {
    const noControls = check('^\\P{Cc}*$');
    expect(() => noControls('"mary"')).toThrow();
    expect(() => noControls('"P{Cc}}"')).not.toThrow();
  });

  it('counts a character beyond the first plane as two', () => {
    expect(() => check('^..$')('"\u{1f600}"')).not.toThrow();
    expect(() => check('^.$')('"\u{1f600}"')).toThrow();
  });
});
