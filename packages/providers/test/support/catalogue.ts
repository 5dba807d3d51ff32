import type { Provider } from '@countersign/core';
import * as exported from '../../src/index.ts';

/** A factory, whichever provider's. */
export type AnyFactory = (options: Readonly<Record<string, unknown>>) => Provider;

export const factories = exported as unknown as Readonly<Record<string, AnyFactory>>;

/** `standard-webhooks` → `standardWebhooks`. */
export const exportName = (file: string): string =>
  file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

export function factoryOf(file: string): AnyFactory {
  const factory = factories[exportName(file)];
  if (factory === undefined) throw new Error(`index.ts exports no ${exportName(file)}`);
  return factory;
}
