/** What a Dockerfile says about the process of a container; how the image is built does not matter here. */
export interface ImageConfig {
  entrypoint: string[];
  command: string[];
  /** Absolute, in the container. */
  workingDirectory: string;
  environment: Readonly<Record<string, string>>;
}

/** Reads the last stage of a Dockerfile. */
export function parseDockerfile(text: string): ImageConfig {
  const config = { entrypoint: [] as string[], command: [] as string[], workingDirectory: '/' };
  let environment: Record<string, string> = {};
  for (const [instruction, rest] of instructionsOf(text)) {
    switch (instruction) {
      case 'FROM':
        Object.assign(config, { entrypoint: [], command: [], workingDirectory: '/' });
        environment = {};
        break;
      case 'ENTRYPOINT':
        config.entrypoint = parseCommand(rest);
        break;
      case 'CMD':
        config.command = parseCommand(rest);
        break;
      case 'WORKDIR':
        config.workingDirectory = rest.startsWith('/') ? rest : `${config.workingDirectory.replace(/\/$/, '')}/${rest}`;
        break;
      case 'ENV':
        Object.assign(environment, parseEnvironment(rest));
        break;
    }
  }
  return { ...config, environment };
}

function instructionsOf(text: string): [instruction: string, rest: string][] {
  const lines = text
    .replaceAll(/^\s*#.*$/gm, '')
    .replaceAll(/\\\s*\n/g, ' ')
    .split('\n');
  return lines.flatMap((line) => {
    const match = /^\s*([a-z]+)\s+(.*?)\s*$/i.exec(line);
    return match ? [[match[1]?.toUpperCase() ?? '', match[2] ?? '']] : [];
  });
}

/** The exec form is a JSON list; anything else is for the shell, as Docker has it. */
function parseCommand(text: string): string[] {
  return text.startsWith('[') ? (JSON.parse(text) as string[]) : ['/bin/sh', '-c', text];
}

/** `A=b C="d e"`, or the old form `A b`. */
function parseEnvironment(text: string): Record<string, string> {
  if (!/^[^\s=]+=/.test(text)) {
    const [name = '', ...words] = text.split(/\s+/);
    return { [name]: words.join(' ') };
  }
  const pairs = text.matchAll(/([^\s=]+)=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)/g);
  return Object.fromEntries([...pairs].map(([, name = '', value = '']) => [name, unquote(value)]));
}

const unquote = (value: string): string => {
  if (value.startsWith("'")) return value.slice(1, -1);
  return (value.startsWith('"') ? value.slice(1, -1) : value).replaceAll(/\\(.)/g, '$1');
};
