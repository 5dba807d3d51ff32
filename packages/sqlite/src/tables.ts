/** What has to exist, a statement each. Times are Unix ms. */
export const tables: readonly string[] = [
  // No rowid: one tree to write, not two. STRICT: a value of a wrong type is an error, not a surprise.
  `CREATE TABLE IF NOT EXISTS countersign_deliveries (
  key TEXT NOT NULL PRIMARY KEY,
  state TEXT NOT NULL,
  token TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  takeover INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  fingerprint TEXT,
  response TEXT
) STRICT, WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS countersign_deliveries_expires_at ON countersign_deliveries (expires_at)',
];

/** The same as one script, for the migration tool of your choice. */
export const ddl: string = tables.map((statement) => `${statement};\n`).join('');
