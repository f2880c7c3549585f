/** When the backup of that id began; undefined for an id whose digits are no time. */
export function timeOfBackupId(backupId: string): Date | undefined {
  const [, ...digits] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(backupId) ?? [];
  const [year, month, day, hour, minute, second] = digits;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const time = new Date(text);
  // The 30th of February would be the 2nd of March.
  return Number.isNaN(time.getTime()) || time.toISOString() !== text ? undefined : time;
}
