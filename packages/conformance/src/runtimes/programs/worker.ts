// For `workerd test`.
import { main } from './bundled.ts';

export default { test: main };
