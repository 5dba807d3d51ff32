// An app (the bundler says which) as the edge runtime takes it: a script that listens.
import app from 'app';

addEventListener('fetch', (event) => event.respondWith(app.fetch(event.request, {}, event)));
