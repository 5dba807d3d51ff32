import type { Oracle, OracleEvent } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

const secret = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF601056';

async function validator() {
  const library = await sdk('@adyen/api-library');
  const { hmacValidator: HmacValidator } = library.default ?? library;
  return new HmacValidator();
}

const itemOf = ({ type, payload }: OracleEvent, pspReference: string) => ({
  pspReference,
  originalReference: '',
  merchantAccountCode: 'ConformanceAccount',
  merchantReference: 'order:1\\2',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: type,
  success: 'true',
  reason: JSON.stringify(payload),
});

/** Two items, each signed by itself. */
export const adyen: Oracle = {
  name: 'adyen',
  provider: 'adyen',
  sdk: '@adyen/api-library',
  needs: '@adyen/api-library',
  options: { secret },
  ours: false,
  bears: ['type'],
  async sign(event) {
    const hmac = await validator();
    const notificationItems = ['psp1', 'psp2'].map((reference) => {
      const item = itemOf(event, reference);
      const additionalData = { hmacSignature: hmac.calculateHmac(item, secret) };
      return { NotificationRequestItem: { ...item, additionalData } };
    });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/adyen',
      headers: { 'content-type': 'application/json' },
      body: utf8(JSON.stringify({ live: 'false', notificationItems })),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const hmac = await validator();
      const { notificationItems } = JSON.parse(text(delivery));
      return notificationItems.every((each: { NotificationRequestItem: unknown }) =>
        hmac.validateHMAC(each.NotificationRequestItem, secret),
      );
    }),
  weaknesses: ['refuses a body that is not JSON'],
};
