// Has the engine run on WebCrypto, as the edge runs it.
import { register } from 'node:module';

const web = new URL('../../../core/src/crypto/web.ts', import.meta.url).href;
const hook = `export const resolve = (specifier, context, next) =>
  next(specifier === '#crypto' ? ${JSON.stringify(web)} : specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
