/** Numbers that a run has measured, for its log. */
export function measured(browser: string, row: string, numbers: Record<string, unknown>): void {
  process.stdout.write(`measured ${row} ${browser} ${JSON.stringify(numbers)}\n`);
}
