import {
  defineProvider,
  hmac,
  misconfigured,
  type Provider,
  type ProviderFactory,
  type ProviderRecord,
} from '@countersign/core';

/** What stands under "HMAC Signature" in the contact point's settings. */
export interface GrafanaOptions {
  /** Its header. Default: `X-Grafana-Alerting-Signature`. */
  readonly header?: string | undefined;
  /** Its timestamp header. Grafana signs a time only where one is named: name one there, and give it here. */
  readonly timestampHeader?: string | undefined;
}

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

function headerName(option: string, name: string): string {
  if (NAME.test(name)) return name.toLowerCase();
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    `grafana: ${option} must be the name of a header, such as X-Grafana-Alerting-Timestamp`,
  );
}

const signature = (header: string, isTimed: boolean) =>
  hmac({
    header,
    hash: 'sha256',
    encoding: 'hex',
    content: isTimed ? ['timestamp', { text: ':' }, 'body'] : ['body'],
  });

const record: Omit<ProviderRecord<'secret'>, 'scheme'> = {
  name: 'grafana',
  docs: {
    url: 'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
    read: '2026-11-22',
  },
  status: 'documented',
  type: { payload: 'status' },
  methods: ['POST', 'PUT'],
};

/**
 * Grafana Alerting, webhook contact points with an HMAC signature (Grafana 12 and later). `secret` is the text that you
 * set there. The type is the status: `firing` or `resolved`. Deliveries bear no id. Without a signed time a
 * notification that repeats an earlier one is taken for a duplicate; with `timestampHeader` it is another.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for what cannot be the name of a header
 * @see https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
export const grafana: ProviderFactory<'secret', Record<string, unknown>, GrafanaOptions> = ((
  options: Parameters<ProviderFactory<'secret', Record<string, unknown>, GrafanaOptions>>[0],
): Provider => {
  const { header = 'x-grafana-alerting-signature', timestampHeader } = options;
  const name = headerName('header', header);
  if (timestampHeader === undefined)
    return defineProvider({ ...record, scheme: signature(name, false) })(options);
  return defineProvider({
    ...record,
    scheme: signature(name, true),
    timestamp: { header: headerName('timestampHeader', timestampHeader), unit: 's' },
  })(options);
}) as ProviderFactory<'secret', Record<string, unknown>, GrafanaOptions>;
