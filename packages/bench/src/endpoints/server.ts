// One endpoint, in a process of its own: the parent loads it, and asks what that cost.
import type { AddressInfo } from 'node:net';
import type { Endpoint } from './endpoint.ts';
import type { Report } from './endpoint-process.ts';
import { endpoints } from './endpoints.ts';

const server = await (endpoints[Number(process.argv[2])] as Endpoint).serve();
const { port } = server.address() as AddressInfo;
const report = (): Report => {
  const { user, system } = process.cpuUsage();
  return { port, cpu: user + system, peak: process.resourceUsage().maxRSS * 1024 };
};
process.on('message', () => process.send?.(report()));
process.send?.(report());
// Nobody is left to ask.
process.on('disconnect', () => process.exit());
