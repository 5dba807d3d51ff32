/** Made up for this demo; nothing is registered anywhere. */
export const secrets = {
  stripe: 'whsec_demo_stripe_signing_secret',
  github: "It's a Secret to Everybody",
  slack: '8f742231b10e8888abcd99yyyzzz85a5',
  standard: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
};
