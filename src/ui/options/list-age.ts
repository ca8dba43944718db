/** What is odd about the date of a list. */
const DAY_MS = 86_400_000;
const OLD_DAYS = 366;

/** @returns null when nothing is; a date that is tomorrow's here may be today's elsewhere */
export function listAge(date: string, now: Date): 'future' | 'old' | null {
  const days = (now.getTime() - new Date(date).getTime()) / DAY_MS;
  if (days < -1) return 'future';
  return days > OLD_DAYS ? 'old' : null;
}
