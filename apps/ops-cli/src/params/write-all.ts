import { AwsRefusedError } from '../errors.ts';
import type { NewParameter, OpsParameterStore } from '../parameter-store.ts';
import { formatTable } from '../table.ts';

/**
 * Writes parameters one by one, as Parameter Store has it, and says which ones it wrote.
 *
 * @throws AwsRefusedError with what is not written, when AWS stops it midway
 */
export async function writeAll(
  parameters: readonly NewParameter[],
  { store, say }: { readonly store: OpsParameterStore; readonly say: (text: string) => void },
): Promise<void> {
  const written: string[][] = [];
  const tell = (): void => say(formatTable([['WRITTEN', 'VERSION', 'TYPE'], ...written]));
  for (const parameter of parameters) {
    try {
      written.push([parameter.name, String(await store.put(parameter)), parameter.type]);
    } catch (error) {
      if (!(error instanceof AwsRefusedError)) throw error;
      if (written.length > 0) tell();
      const left = parameters.slice(written.length).map(({ name }) => name);
      throw new AwsRefusedError(`${error.message} Not written: ${left.join(', ')}.`);
    }
  }
  tell();
}
