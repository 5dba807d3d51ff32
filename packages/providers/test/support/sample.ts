import type { SignableEvent, SignOptions } from '../../../testing/src/index.ts';
import { fetchOption } from './key-server.ts';

/** One way in which a provider delivers: what its factory gets, and what our own signer needs to imitate it. */
export interface Sample {
  readonly variant?: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly event?: SignableEvent;
  /** What the vendor's key server answers, by address, where keys are fetched: given to the factory as `fetch`. */
  readonly fetched?: Readonly<Record<string, string>>;
  /** PKCS #8, as PEM or base64. */
  readonly privateKey?: string;
  /** Hostile deliveries at least: a scheme that covers less gives fewer. */
  readonly least?: number;
  /** Why our signer cannot imitate it: the generic suites pass it over, and its own test says why. */
  readonly unsigned?: string;
}

/** What the factory is given. */
export const factoryOptionsOf = (sample: Sample): Readonly<Record<string, unknown>> => ({
  ...sample.options,
  ...fetchOption(sample),
});

export const signOptionsOf = ({ privateKey }: Sample): SignOptions =>
  privateKey === undefined ? {} : { privateKey };
