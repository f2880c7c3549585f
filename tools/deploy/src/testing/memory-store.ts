import type { DeployParameterStore } from '../parameter-store.ts';

/** A Parameter Store that starts with these parameters; `parameters` are those it has. */
export function memoryStore(initial: Readonly<Record<string, string>> = {}): {
  store: DeployParameterStore;
  parameters: Record<string, string>;
} {
  const parameters = new Map(Object.entries(initial));
  const store: DeployParameterStore = {
    find: (name) => Promise.resolve(parameters.get(name)),
    namesBelow: (path) =>
      Promise.resolve(
        [...parameters.keys()].filter((name) => name.startsWith(`${path}/`)).map((name) => name.slice(path.length + 1)),
      ),
    put: (name, value) => Promise.resolve(void parameters.set(name, value)),
    remove: (name) => Promise.resolve(void parameters.delete(name)),
  };
  return {
    store,
    get parameters() {
      return Object.fromEntries(parameters);
    },
  };
}
