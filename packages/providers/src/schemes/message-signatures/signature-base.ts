import { type InnerList, serializeInnerList, serializeItem } from 'structured-headers';
import { ComponentError, componentValue } from './component-value.ts';
import type { HttpMessage } from './http-message.ts';

/** The same component twice, whatever the order of its parameters (RFC 9421 section 2). */
const identity = ([name, parameters]: InnerList[0][number]): string =>
  JSON.stringify([name, [...parameters].map(([key, value]) => [key, String(value)]).sort()]);

/**
 * The text that a signature is over (RFC 9421 section 2.5).
 *
 * @param covered a member of Signature-Input
 * @throws ComponentError when a component cannot be had, or stands there twice
 */
export function signatureBase(message: HttpMessage, covered: InnerList): string {
  const [components] = covered;
  const seen = new Set<string>();
  const lines = components.map((component) => {
    const [name, parameters] = component;
    if (typeof name !== 'string' || name !== name.toLowerCase() || name === '@signature-params') {
      throw new ComponentError('a component is no name of one');
    }
    const known = identity(component);
    if (seen.has(known)) throw new ComponentError(`${name} is covered twice`);
    seen.add(known);
    return `${serializeItem(component)}: ${componentValue(message, name, parameters)}\n`;
  });
  return `${lines.join('')}"@signature-params": ${serializeInnerList(covered)}`;
}
