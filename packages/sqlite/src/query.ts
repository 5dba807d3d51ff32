/** What SQLite keeps here. */
export type SqlValue = string | number | null;

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement to its end, with a value for each `?` in order. */
export type Query = (sql: string, values: readonly SqlValue[]) => readonly Row[] | Promise<readonly Row[]>;
