import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

/** A throw-away key pair, and where it is served. */
const privateKey =
  'MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQClt0j+9no96EXicw8my3d1WPDkWR1kAY9AdMAih7m7QZMy5Y1RbDYGFnO519XEJwIf31ZohrKoyMEWSCvwVyh4CwxU+ZjzKtLI4PmGNh9+0VjWhTUNxqYH2VhGSYRWyZC1cFY6knYO964FC2/gMg1w7mk55KO7BkrBOpQasMi1UW+oTpzYXnB/h2id0g2c8udDZnjgc1dQPWh9Rw3Ent9tOa0nCXhx2+5TaiO5QBON5NnCa3BLz3iaJ5yC5rV+qS6uImGUGAQ1pP7kN/Sfw1AGA1uas9Xv99IS8Uw3ApbRW1nzVokMkNld+mJ6h6RbYRG3xsT6Uv25ZGgFRIRO5h/3AgMBAAECggEAE8G2Qi9rLiudqVHDt1b/9vg+P/sf4JG5snA44o+r5QH8ZU+uJCGdOec+BM9mp5a++hh2Wh/fokp3kAsqseIHlnLlatFscBE68BgM/PiW6K0CGmaR3K1CPiKmE5B65p3r/WBXPMRurs94lRa3+n1SfOmaQfywSIEyMwyje6B39/snBLXQfrMj+wOMfmRpaHVDi+xv7jyh4i8oY/qnoEkQeU/zSDbZM8QsZ8EEvTfHFyxVYdHYcbJe1PYGDexUhThUKW1/utfRCHdmbyfOevVQF3wlG/NhPDHNLzWwKX8g90J9U7blhDr2gf56zWAFYTsslWitSAhU1UBBY0X4TWVYAQKBgQDX6kC2H0HVMDecc5duKhYwEg4mSIR6ASJ5wLXUb+o6O4/kcE5usJLrXOLcwMXYlQR42+D3NDDuMUeyUq1Qh37CXw2m0Rs1OAO+42OpdxLLfNxsoQ3L6lkZx38qhoaFYslLY6J+nIup//ar0Md73j8QnNnC0xFqkvcqjkwnS9OCwQKBgQDEezsqBsDz9ys0bG1kfN24YIbEAIroLpGWNp0TZwf5KwJQ697QcNBuvR8+pAP2VQd1lLLaIkYaVVGpZ118gVEVZ1DkE9JOXq+dc4Tczgw+6vURe+d8UYi+jWeq4+HzV2QfqGDo3yRJgPmCM3GbmqV7waJN+BDshgUMxTBtJyWotwKBgGgrocr8a6OynrIB5uaEsa3BmEgKJrhCQeLiAhgbYrNztymssXqgAFJDv0RoUUv8IWs6EmDSMmVJK2EymGHI7XRTrd909Z6Ihu4bASNqyouYkzRpw6FFUHWqlYTr4I0MKzgPOv/BAXUkhFtC4Gu3v0+BjWJ8uONlQpCqlL1EzShBAoGAaABaxtogVILmya8DEIfPzQK7ExC+djwAMCTkbBrDa67KYQ8ZN/gfPB67ZSroNgG4GxMEwNYXiWTT/vmJ0Jea1duEQ9YCIh2Yk51MHJyserlf00tksrdtzH+I+jn5phcCFofIFDvZN1cfuz2DyzvGkIVkZiUCwFAIaEQQaBaqpm0CgYA9oJjNhpKiXGOJkcxL9pTWXn3PbHwAcLh3FyGT0qFWUVG08QukYWtL6jLnEFS03YtQxJ2WiVq2oz/VDL0Xzudf6U7NFIQWokCnT0B7SoKeqcrCwwWYDtEFLSw7COjjgvmDK0qAsOXwSGphNcU6mI1AVjKEabOgq54ZihXPhAW1Fg==';
const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApbdI/vZ6PehF4nMPJst3
dVjw5FkdZAGPQHTAIoe5u0GTMuWNUWw2BhZzudfVxCcCH99WaIayqMjBFkgr8Fco
eAsMVPmY8yrSyOD5hjYfftFY1oU1DcamB9lYRkmEVsmQtXBWOpJ2DveuBQtv4DIN
cO5pOeSjuwZKwTqUGrDItVFvqE6c2F5wf4dondINnPLnQ2Z44HNXUD1ofUcNxJ7f
bTmtJwl4cdvuU2ojuUATjeTZwmtwS894miecgua1fqkuriJhlBgENaT+5Df0n8NQ
BgNbmrPV7/fSEvFMNwKW0VtZ81aJDJDZXfpieoekW2ERt8bE+lL9uWRoBUSETuYf
9wIDAQAB
-----END PUBLIC KEY-----
`;
const path = '/prod/keys/pub-key-4a0c9b5e-7c2a-4a0f-8a5e-6a2b0f8b6d11.pem';
const fetch = async (): Promise<Response> => new Response(publicKey);

/** The SDK only verifies: here by the half of it that is given the keys, where the other one fetches them. */
export const adobeIo: Oracle = {
  name: 'adobe-io',
  provider: 'adobe-io',
  sdk: '@adobe/aio-lib-events',
  needs: '@adobe/aio-lib-events',
  options: { clientId: 'client', fetch },
  stranger: { clientId: 'stranger', fetch },
  privateKey,
  event: {
    payload: { recipient_client_id: 'client', name: 'Zoë & Co. $& $$' },
    headers: { 'x-adobe-public-key1-path': path, 'x-adobe-public-key2-path': path },
  },
  verify: (delivery) =>
    verdict(async () => {
      const { exportFunctions } = await sdk('@adobe/aio-lib-events/src/signatureUtils.js');
      const signature = header(delivery, 'x-adobe-digital-signature-1');
      const isOurs = exportFunctions.isTargetRecipient(JSON.parse(text(delivery)), 'client');
      const holds = await exportFunctions.verifySignature([signature], text(delivery), [publicKey], 'client');
      return isOurs && holds === true;
    }),
  weaknesses: ['hashes the body as text', 'refuses a body that is not JSON', 'refuses an empty body'],
};
