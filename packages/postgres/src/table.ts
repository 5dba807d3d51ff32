import { misconfigured } from '@countersign/core';

/** Where the records are. */
export interface TableOptions {
  /** Default `countersign_deliveries`. */
  readonly table?: string;
  /** Default: the first of the connection's `search_path` that has the table. */
  readonly schema?: string;
}

/** The names of the table and its index, quoted for a statement. */
export interface Table {
  readonly name: string;
  readonly index: string;
}

/** Strict, because it becomes part of a statement; short, because the name of the index has to fit in 63 too. */
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]{0,55}$/;

function quote(option: string, name: string): string {
  if (typeof name === 'string' && IDENTIFIER.test(name)) return `"${name}"`;
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    `${option} must be 1 to 56 letters, digits, "_" or "-", beginning with a letter or "_"; a schema has an option of its own`,
  );
}

/** @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for a name that is none */
export function toTable({ table = 'countersign_deliveries', schema }: TableOptions = {}): Table {
  const name = quote('table', table);
  return {
    name: schema === undefined ? name : `${quote('schema', schema)}.${name}`,
    index: name.replace(/"$/, '_expiry"'),
  };
}
