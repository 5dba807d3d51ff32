/** A message as Amazon SNS posts it. `Message` is the publisher's text, often JSON of its own. */
export interface SnsMessage {
  readonly Type: string;
  readonly MessageId: string;
  readonly TopicArn: string;
  readonly Message: string;
  /** RFC 3339. When it was published: the same for every attempt. */
  readonly Timestamp: string;
  readonly Subject?: string | null;
  readonly SignatureVersion: string;
  readonly Signature: string;
  readonly SigningCertURL?: string;
  /** The spelling of Lambda. */
  readonly SigningCertUrl?: string;
  readonly UnsubscribeURL?: string;
  readonly MessageAttributes?: unknown;
}

/** A message that asks whether a subscription is wanted, or says that it has ended. */
export interface SnsConfirmation extends SnsMessage {
  readonly SubscribeURL: string;
  readonly Token: string;
}
