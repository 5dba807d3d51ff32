import { createPrivateKey, sign } from 'node:crypto';
import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, utf8, verdict } from './wire.ts';

/** A chain like Apple's, under a root of its own; the key is of its leaf. */
const key = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkoWoxwaMAIo5VUx/
jIthXK+Kz5USAG9l7kTktrXOKwChRANCAAQFUYgz/AzhiZFn5j72ROnUjGoQaDr5
yy72Dzb61kNdvRAcQsgToCbNQkZ3xo8dFPI2yjovTaUOdGyxY2/9yd/P
-----END PRIVATE KEY-----`);
const chain = [
  'MIIBtzCCAT2gAwIBAgIBAjAKBggqhkjOPQQDAzAeMRwwGgYDVQQDDBNTYW1wbGUgSW50ZXJtZWRpYXRlMCAXDTI2MTEyMjA4MDQyMFoYDzIxMjYxMDI5MDgwNDIwWjAWMRQwEgYDVQQDDAtTYW1wbGUgTGVhZjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAVRiDP8DOGJkWfmPvZE6dSMahBoOvnLLvYPNvrWQ129EBxCyBOgJs1CRnfGjx0U8jbKOi9NpQ50bLFjb/3J38+jcjBwMAwGA1UdEwEB/wQCMAAwDgYDVR0PAQH/BAQDAgeAMBAGCiqGSIb3Y2QGCwEEAgUAMB0GA1UdDgQWBBT5M3sulG6yu2llAKaVQut7ehWuEjAfBgNVHSMEGDAWgBT7THWcOR/rzw13dJkbhbJWN5Ar4TAKBggqhkjOPQQDAwNoADBlAjEApkDjEfBcIiDEXLlhzy+HCu0UkKpsuLhViNtWw0yLqu8ZRpnMyX+HMRi23HC8aqjUAjBWlJaqx/XjS0KUZDav4bTQa1vwTj1D6I+HQByhkNbLBbV5Wd+1Mh+dYhZtn/i5PdU=',
  'MIIB1zCCAV2gAwIBAgIBAjAKBggqhkjOPQQDAzAWMRQwEgYDVQQDDAtTYW1wbGUgUm9vdDAgFw0yNjExMjIwODA0MjBaGA8yMTI2MTAyOTA4MDQyMFowHjEcMBoGA1UEAwwTU2FtcGxlIEludGVybWVkaWF0ZTB2MBAGByqGSM49AgEGBSuBBAAiA2IABFFNQfMFj08lSg3RWKC54IBMXT9mjG00TBO3dkFX6yJFW6qWPp+WBDT0BzjmyuZI9xoFUoatstpAJSyXvIRMES7P3by0KsbvU2sIGNSCmZVqDUpY2SD4a9hPvFTLa+AGRKN1MHMwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAgQwEAYKKoZIhvdjZAYCAQQCBQAwHQYDVR0OBBYEFPtMdZw5H+vPDXd0mRuFslY3kCvhMB8GA1UdIwQYMBaAFBjpcS5nfVpZE/pFL7JDmxbD+WnHMAoGCCqGSM49BAMDA2gAMGUCMQDgeLO+shww6t8Z1fJJuXUwwEv0BXd3GhzIw4ll5nUOYXQa0BdgBo/rZ2adryLNfPsCMF7S54SsbVLdW0WCsj3WI1VmRJ03WHGFuIezH59usxqKLgIfdC7d+7K/PyqXGZUNGQ==',
  'MIIBnDCCASKgAwIBAgIBATAKBggqhkjOPQQDAzAWMRQwEgYDVQQDDAtTYW1wbGUgUm9vdDAgFw0yNjExMjIwODA0MjBaGA8yMTI2MTAyOTA4MDQyMFowFjEUMBIGA1UEAwwLU2FtcGxlIFJvb3QwdjAQBgcqhkjOPQIBBgUrgQQAIgNiAAQSQN2Uwt4vD6AkYxSuTzt4+LTOUdniIRjXNugDLFzij3NmK8ft3EaNZjegPBHnEe6U3FqDjTvO3HJ/GvOWsD4/CL4rMxWUUVNDgYuj+Bf4Pmt4Ou1dPeOz+s3h85q2OZijQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgIEMB0GA1UdDgQWBBQY6XEuZ31aWRP6RS+yQ5sWw/lpxzAKBggqhkjOPQQDAwNoADBlAjEA8QwDfh/591Edp1RgsFcHXkxilW/YQessoPY6kQKeEYt3O2PYKr6HEu8OJjcRTsI/AjAkL2YhJ3vGcHqM4+JyPnMhOKy4BcezUObFisn62FWUZD/yaQki+y23FW7EeCiYqRw=',
] as const;

const bundleId = 'com.example.conformance';
const appAppleId = 41_234;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The SDK only verifies: the token is made by Node itself. The payload of the event stands inside of it. */
export const appleAppStore: Oracle = {
  name: 'apple-app-store',
  provider: 'apple-app-store',
  sdk: '@apple/app-store-server-library',
  needs: '@apple/app-store-server-library',
  options: { bundleId, appAppleId, roots: [chain[2]] },
  stranger: { bundleId, appAppleId },
  ours: false,
  async sign({ id, type, payload, timestamp }) {
    const claims = {
      notificationType: type,
      notificationUUID: id,
      data: { appAppleId, bundleId, environment: 'Production', payload },
      signedDate: timestamp * 1000,
      // In base64 one of these reads `Co`, which the test changes.
      version: 'd*1.d*1.d*1',
    };
    const input = `${base64url({ alg: 'ES256', x5c: chain })}.${base64url(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
    return {
      method: 'POST',
      url: 'https://hooks.example.com/apple',
      headers: { 'content-type': 'application/json' },
      body: utf8(`{"signedPayload":"${input}.${signature.toString('base64url')}"}`),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { Environment, SignedDataVerifier } = await sdk('@apple/app-store-server-library');
      const roots = [Buffer.from(chain[2], 'base64')];
      const verifier = new SignedDataVerifier(roots, false, Environment.PRODUCTION, bundleId, appAppleId);
      await verifier.verifyAndDecodeNotification(JSON.parse(text(delivery)).signedPayload);
      return true;
    }),
  weaknesses: [
    'never checks the timestamp',
    'lets the message choose the algorithm',
    'hashes the body as text',
  ],
};
