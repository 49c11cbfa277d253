/** Prints rows as a table with aligned columns. */
export function printTable(rows: readonly Readonly<Record<string, string>>[]): void {
  const names = Object.keys(rows[0] ?? {});
  const width = (name: string): number =>
    Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length));
  const line = (cells: (name: string) => string): void => {
    const texts = names.map((name) => align(cells(name), width(name)));
    console.log(`  ${texts.join('   ').trimEnd()}`);
  };
  line((name) => name);
  for (const row of rows) line((name) => row[name] ?? '');
}

/** Numbers to the right, everything else to the left. */
function align(text: string, width: number): string {
  return /^[\d,.-]+$/.test(text) ? text.padStart(width) : text.padEnd(width);
}

export function heading(text: string): void {
  console.log(`\n${text}`);
}

export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
