const control = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** What is signed of each type, in order. */
const signed: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: control,
  UnsubscribeConfirmation: control,
};

export const SIGNED_FIELDS: readonly string[] = [...new Set(Object.values(signed).flat())];

/**
 * The text that SNS signs: each field's name and value on lines of their own; `undefined` for what is no message.
 * Only `Message` may have lines of its own: were there two such fields, one text could be read in two ways.
 */
export function canonical(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  const message = payload as Readonly<Record<string, unknown>>;
  const { Type: type } = message;
  const fields = typeof type === 'string' && Object.hasOwn(signed, type) ? signed[type] : undefined;
  if (fields === undefined) return undefined;
  let text = '';
  for (const name of fields) {
    const value = Object.hasOwn(message, name) ? message[name] : undefined;
    // Lambda has `null` for a subject that is not there.
    if (name === 'Subject' && (value === undefined || value === null)) continue;
    if (typeof value !== 'string' || (name !== 'Message' && value.includes('\n'))) return undefined;
    text += `${name}\n${value}\n`;
  }
  return text;
}
