type Handler = (query: PendingQuery) => void;

/** A query of postgres.js: sent by its handler, when somebody waits for it. */
interface PendingQuery {
  handler: Handler;
  reject(error: Error): void;
}

type Callable = (...parameters: unknown[]) => unknown;

const isQuery = (value: unknown): value is PendingQuery =>
  value instanceof Promise && typeof (value as Partial<PendingQuery>).handler === 'function';

function guardQuery(result: unknown, isOver: () => boolean): unknown {
  if (!isQuery(result)) return result;
  const { handler } = result;
  const guarded: Handler = (query) => {
    if (isOver()) query.reject(new Error('the transaction is over, or its connection was lost'));
    else handler(query);
  };
  result.handler = Object.assign(guarded, handler);
  return result;
}

/** The methods that make queries. */
const MAKERS = new Set<unknown>(['unsafe', 'file', 'notify', 'savepoint']);

/** The same `sql` of postgres.js, which sends nothing once the transaction is over. */
export function guardSql<Sql extends object>(sql: Sql, isOver: () => boolean): Sql {
  const guardCallback = (parameter: unknown): unknown =>
    typeof parameter === 'function'
      ? (inner: object) => (parameter as Callable)(guardSql(inner, isOver))
      : parameter;
  return new Proxy(sql, {
    apply: (target, self, parameters) =>
      guardQuery(Reflect.apply(target as Callable, self, parameters), isOver),
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function' || !MAKERS.has(property)) return value;
      return (...parameters: unknown[]) =>
        guardQuery(Reflect.apply(value, target, parameters.map(guardCallback)), isOver);
    },
  });
}
