import { definitions } from './ddl.ts';
import type { Executor } from './executor.ts';
import type { Table } from './table.ts';

/** Creates the table unless it is there, once, however many processes start at the same time. */
export const migrate = <Tx>(executor: Executor<Tx>, table: Table): Promise<void> =>
  executor.transaction(async (tx) => {
    await executor.query(
      `select pg_advisory_xact_lock(hashtextextended('countersign migration', 0))`,
      [],
      tx,
    );
    // Asked first: "if not exists" wants the right to create even where there is nothing to do.
    const [answer] = await executor.query(
      'select to_regclass($1::text) is not null as found',
      [table.name],
      tx,
    );
    if (answer?.found === true) return;
    for (const definition of definitions(table)) await executor.query(definition, [], tx);
  });
