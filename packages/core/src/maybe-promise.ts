/** A value that is there already, or will be. `await` takes both; Node's crypto gives the former, WebCrypto the latter. */
export type MaybePromise<T> = T | Promise<T>;
