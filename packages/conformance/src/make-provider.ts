import type { Provider } from '@countersign/core';
import * as catalogue from '@countersign/providers';

type AnyFactory = (options: Record<string, unknown>) => Provider;

const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** The provider of a file name, made from options that are only known at run time. */
export function makeProvider(name: string, options: Record<string, unknown>): Provider {
  const factory = (catalogue as unknown as Record<string, AnyFactory | undefined>)[camelCase(name)];
  if (factory === undefined) throw new Error(`there is no provider ${name}`);
  return factory(options);
}
