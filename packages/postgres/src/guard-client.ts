/**
 * The same client of `pg`, which sends nothing once the transaction is over: a handler may run on after it failed, as
 * the other half of a `Promise.all` does, and the client may be in somebody else's transaction by then.
 */
export function guardClient<Client extends object>(client: Client, isOver: () => boolean): Client {
  return new Proxy(client, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...parameters: unknown[]): unknown => {
        if (property === 'query' && isOver()) throw new Error('the transaction is over');
        return Reflect.apply(value, target, parameters);
      };
    },
  });
}
