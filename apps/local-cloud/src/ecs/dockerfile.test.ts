import { parseDockerfile } from './dockerfile.ts';

describe('parseDockerfile', () => {
  it('reads what a container starts as', () => {
    const config = parseDockerfile(`
# syntax=docker/dockerfile:1
ARG BASE=node:24
FROM \${BASE}
RUN apt-get update \\
 && rm -rf /var/lib/apt/lists/*
workdir /app
COPY . .
ENV NODE_ENV=production A="b c" D='e' F=g\\ h
ENV OLD style value
USER node
ENTRYPOINT ["node", "main.js"]
CMD ["--verbose"]
`);
    expect(config).toEqual({
      entrypoint: ['node', 'main.js'],
      command: ['--verbose'],
      workingDirectory: '/app',
      environment: { NODE_ENV: 'production', A: 'b c', D: 'e', F: 'g h', OLD: 'style value' },
    });
  });

  it('takes the last stage, and relative folders from the one before', () => {
    const config = parseDockerfile('FROM a\nENV X=1\nCMD ["x"]\nFROM b\nWORKDIR /srv\nWORKDIR app\n');
    expect(config).toEqual({ entrypoint: [], command: [], workingDirectory: '/srv/app', environment: {} });
  });

  it('gives the shell form to the shell', () => {
    expect(parseDockerfile('FROM a\nCMD echo "hello"').command).toEqual(['/bin/sh', '-c', 'echo "hello"']);
  });
});
