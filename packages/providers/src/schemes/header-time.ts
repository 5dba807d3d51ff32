import {
  defineProvider,
  type Envelope,
  type EventMap,
  type OpenEvents,
  type Provider,
  type ProviderFactory,
  type ProviderRecord,
  type Scheme,
  type SourceReader,
  signedContent,
  type Tolerance,
} from '@countersign/core';

/** The Unix ms of a time as sent; `undefined`: not written as this sender writes. */
export type ReadTime = (text: string) => number | undefined;

export interface HeaderTime {
  readonly header: string;
  readonly read: ReadTime;
  readonly tolerance?: Tolerance;
}

const WHOLE = /^[1-9]\d{0,14}$/;

/** Seconds until here, which is the year 5138; milliseconds from here, which is March 1973. */
const SECONDS = 1e11;

/** Unix seconds or milliseconds, told apart by their size: no time is a recent one in both. */
export function secondsOrMs(text: string): number | undefined {
  if (!WHOLE.test(text)) return undefined;
  const number = Number(text);
  return number < SECONDS ? number * 1000 : number;
}

/** No time in any unit: refused behind its signature, whatever digits were sent. */
const UNREADABLE = '-';

/** The signed text is the header's own; how the engine reads it is for the clock alone. */
const asSent = (scheme: Scheme<'secret'>, header: string): Scheme<'secret'> => ({
  ...scheme,
  content: (envelope: Envelope) =>
    signedContent({
      ...envelope,
      scheme,
      timestamp: envelope.request.headers.get(header) ?? undefined,
    }),
});

/**
 * For senders whose signed time stands in a header, in no unit that the engine knows or in several. It is compared
 * with the clock in milliseconds, as `read` understands it, and signed as it was sent.
 */
export function headerTime<Events extends EventMap = OpenEvents, Extra = unknown>(
  record: Omit<ProviderRecord<'secret', Extra>, 'timestamp' | 'scheme'> & {
    readonly scheme: Scheme<'secret'>;
    readonly timestamp: HeaderTime;
  },
): ProviderFactory<'secret', Events, Extra> {
  const { header, read, ...rule } = record.timestamp;
  const whole = defineProvider<'secret', Events, Extra>({
    ...record,
    scheme: asSent(record.scheme, header),
    timestamp: { header, unit: 'ms', ...rule },
  });
  const reader: SourceReader = {
    source: { header },
    read({ request }) {
      const text = request.headers.get(header);
      return text === null ? undefined : String(read(text) ?? UNREADABLE);
    },
  };
  const make = (options: Parameters<typeof whole>[0]): Provider => {
    const provider = whole(options);
    return { ...provider, rules: { ...provider.rules, timestamp: [reader] } };
  };
  return make as typeof whole;
}
