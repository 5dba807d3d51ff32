import Stripe from 'stripe';

import type { Oracle } from './oracle.ts';
import { header, utf8, verdict } from './wire.ts';

const secret = 'whsec_not_a_secret_but_a_constant_of_the_tests';

/** The payload becomes `data.object` of a snapshot event. */
export const stripe: Oracle = {
  name: 'stripe',
  provider: 'stripe',
  sdk: 'stripe',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const event = { id, object: 'event', created: timestamp, data: { object: payload }, type };
    const body = JSON.stringify(event, null, 2);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/stripe',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp }),
      },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(() => {
      Stripe.webhooks.constructEvent(delivery.body, header(delivery, 'stripe-signature'), secret);
      return true;
    }),
  weaknesses: [
    'accepts future timestamps',
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'drops a byte order mark',
    'refuses a body that is not JSON',
    'refuses an empty body',
    'refuses thin events',
    'refuses upper-case hex',
  ],
};
