import type { StoreOperation } from '@countersign/core';
import type { Executor, Parameter, Row } from './executor.ts';
import type { Table } from './table.ts';

/** Runs a statement of the store. */
export type Ask<Tx> = (
  text: string,
  parameters: readonly Parameter[],
  where?: { readonly tx?: Tx; readonly operation?: StoreOperation | undefined },
) => Promise<readonly Row[]>;

const UNDEFINED_TABLE = '42P01';

/** Some libraries wrap what the server said. */
const codeOf = (error: unknown): unknown => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  return cause?.code ?? code;
};

export const askWith =
  <Tx>(executor: Executor<Tx>, table: Table): Ask<Tx> =>
  async (text, parameters, { tx, operation } = {}) => {
    operation?.signal?.throwIfAborted();
    try {
      return await (tx === undefined
        ? executor.query(text, parameters)
        : executor.query(text, parameters, tx));
    } catch (error) {
      if (codeOf(error) !== UNDEFINED_TABLE) throw error;
      throw new Error(
        `the table ${table.name} does not exist: run the store's migrate() once, or its ddl in a migration of your own`,
        { cause: error },
      );
    }
  };
