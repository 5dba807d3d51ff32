import { WebhookError } from '@countersign/core';

/** What reads badly: everything that is asked of it throws. */
export const hostileProxy = (): object => {
  const refuse = (): never => {
    throw new Error('a trap of a fault');
  };
  return new Proxy(() => {}, {
    get: refuse,
    has: refuse,
    ownKeys: refuse,
    getPrototypeOf: refuse,
    getOwnPropertyDescriptor: refuse,
    apply: refuse,
  });
};

const revokedProxy = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const errorWith = (properties: PropertyDescriptorMap): Error =>
  Object.defineProperties(new Error('thrown by a fault'), properties);

const throwing: PropertyDescriptor = {
  get() {
    throw new Error('a getter of a fault');
  },
};

function circularError(): Error {
  const error = new Error('thrown by a fault');
  error.cause = error;
  return error;
}

/** What somebody's code may throw. Made anew for each case, since whoever catches an error may mark it. */
export const thrownValues: Readonly<Record<string, () => unknown>> = {
  'an Error': () => new Error('thrown by a fault'),
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  'a text': () => 'thrown by a fault',
  'a symbol': () => Symbol('thrown by a fault'),
  'an object without a prototype': () => Object.create(null),
  'an object that cannot be printed': () => ({ toString: throwing.get, message: 'no' }),
  'a frozen Error': () => Object.freeze(new Error('thrown by a fault')),
  'an Error that is its own cause': circularError,
  'an Error whose name cannot be read': () => errorWith({ name: throwing }),
  'an Error whose message cannot be read': () => errorWith({ message: throwing }),
  'an Error whose code cannot be read': () => errorWith({ code: throwing }),
  'an Error whose message is a symbol': () => errorWith({ message: { value: Symbol('no') } }),
  'an Error of 1 MB': () => new Error('x'.repeat(2 ** 20)),
  'an Error with a status of 200': () => Object.assign(new Error('no'), { status: 200, answer: 'ok' }),
  'an Error that claims to be ours': () =>
    errorWith({ name: { value: 'WebhookError' }, code: { value: 'E' }, status: { value: 200 } }),
  'one of our own errors, of 200': () => new WebhookError('ERR_WEBHOOK_PERMANENT', 'thrown by a fault'),
  'a Proxy that throws': hostileProxy,
  'a revoked Proxy': revokedProxy,
};
