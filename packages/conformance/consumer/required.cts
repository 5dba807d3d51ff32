// A dependency in CommonJS, which hands out what it made of the required packages.
import core = require('@countersign/core');
import stripe = require('@countersign/providers/stripe');

export const provider = stripe.stripe({ secret: 'whsec_a' });
export const store = core.memoryStore();
export const failure = new core.WebhookError('ERR_WEBHOOK_METHOD', 'not a method of this provider');
export const answer = core.reply({ body: 'heard' });
