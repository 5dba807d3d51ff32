import { misconfigured } from '@countersign/core';

/**
 * A text that the factory cannot do without.
 *
 * @param cure what to give, for the message
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION`
 */
export function requiredOption(value: unknown, name: string, cure: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `${name} is missing: ${cure}`);
}
