/** `db_backup` as part of a state's name: `DbBackup`. */
export function pascalCase(snakeCase: string): string {
  return snakeCase.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
