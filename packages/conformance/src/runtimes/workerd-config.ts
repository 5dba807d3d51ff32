export interface WorkerdOptions {
  readonly flags?: readonly string[];
  /** With a socket, for `workerd serve`, whose command says its address; `workerd test` takes none. */
  readonly isServed?: boolean;
}

/** A configuration of workerd: one worker in one module. */
export const workerdConfig = (module: string, { flags = [], isServed = false }: WorkerdOptions): string => `
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [${isServed ? '(name = "http", http = (), service = "main")' : ''}],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "${module}")],
  compatibilityDate = "2026-01-01",
  compatibilityFlags = [${flags.map((flag) => `"${flag}"`).join(', ')}],
);
`;
