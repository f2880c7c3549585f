/** Names of the day, the ISO week and the month in which a moment lies, each later one being a greater text. */
export interface CalendarPeriods {
  /** `2026-11-22` */
  readonly daily: string;
  /** `2026-W47`: weeks begin on Monday, and belong to the year that has their Thursday (ISO 8601). */
  readonly weekly: string;
  /** `2026-11` */
  readonly monthly: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Names the periods of moments as the clocks of a time zone show them, its summer time included.
 * @param timeZone an IANA name: Europe/Berlin
 * @throws RangeError for a name that is none
 */
export function calendarOf(timeZone: string): (moment: Date) => CalendarPeriods {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (moment) => {
    const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const year = (parts.get('year') ?? '').padStart(4, '0');
    const month = parts.get('month') ?? '';
    const day = parts.get('day') ?? '';
    return { daily: `${year}-${month}-${day}`, weekly: isoWeek(year, month, day), monthly: `${year}-${month}` };
  };
}

/** Whether `Intl` knows a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    calendarOf(name);
    return true;
  } catch {
    return false;
  }
}

/** A date alone, so every day of this arithmetic has 24 hours. */
function isoWeek(year: string, month: string, day: string): string {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - newYear) / DAY_MS / 7) + 1;
  return `${String(thursday.getUTCFullYear()).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}
