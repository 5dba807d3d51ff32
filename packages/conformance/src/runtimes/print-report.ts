import type { Cell } from './cell.ts';
import { COLUMNS } from './tally.ts';

export interface Row {
  /** The runtime and its version, and the way in which it was asked. */
  readonly title: string;
  readonly cells: readonly Cell[];
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '-';
  const { passed, excused, complaints } = cell;
  if (complaints.length > 0) return `${passed}, FAILED`;
  return excused.length > 0 ? `${passed}, ${excused.length} left out` : String(passed);
}

/** What went wrong, what was left out and why, and the table. */
export function printReport(rows: readonly Row[]): void {
  const cells = rows.flatMap(({ title, cells }) => cells.map((cell) => ({ title, ...cell })));
  for (const { title, column, complaints } of cells) {
    for (const complaint of complaints) console.log(`FAILED | ${title} | ${column} | ${complaint}`);
  }
  for (const { title, column, excused } of cells) {
    for (const { name, reason } of excused)
      console.log(`left out | ${title} | ${column} | ${name} | ${reason}`);
  }
  const table = [
    ['', ...COLUMNS],
    ...rows.map(({ title, cells }) => [
      title,
      ...COLUMNS.map((column) => textOf(cells.find((cell) => cell.column === column))),
    ]),
  ];
  const widths = ['', ...COLUMNS].map((_, at) => Math.max(...table.map((row) => (row[at] ?? '').length)));
  for (const row of table)
    console.log(
      row
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  const count = (of: 'passed' | 'deliveries') => cells.reduce((sum, cell) => sum + cell[of], 0);
  console.log(
    `${count('passed')} checks passed, with ${count('deliveries')} deliveries judged in vectors and fetch`,
  );
}
