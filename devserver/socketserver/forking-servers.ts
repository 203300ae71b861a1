/**
 * The ready-made servers that handle requests in child processes.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py.
 */
import { ForkingMixIn, type ForkingStatics } from "./forking-mix-in.ts";
import type { PooledServerClass } from "./pooled-server.ts";
import { TCPServer } from "./tcp-server.ts";
import { UDPServer } from "./udp-server.ts";
import { UnixDatagramServer } from "./unix-datagram-server.ts";
import { UnixStreamServer } from "./unix-stream-server.ts";

const ForkingBaseTCPServer: PooledServerClass<typeof TCPServer, ForkingStatics> =
  ForkingMixIn(TCPServer);

export class ForkingTCPServer extends ForkingBaseTCPServer {
  static override readonly module: string = import.meta.url;
}

const ForkingBaseUDPServer: PooledServerClass<typeof UDPServer, ForkingStatics> =
  ForkingMixIn(UDPServer);

export class ForkingUDPServer extends ForkingBaseUDPServer {
  static override readonly module: string = import.meta.url;
}

const ForkingBaseUnixStreamServer: PooledServerClass<typeof UnixStreamServer, ForkingStatics> =
  ForkingMixIn(UnixStreamServer);

export class ForkingUnixStreamServer extends ForkingBaseUnixStreamServer {
  static override readonly module: string = import.meta.url;
}

const ForkingBaseUnixDatagramServer: PooledServerClass<typeof UnixDatagramServer, ForkingStatics> =
  ForkingMixIn(UnixDatagramServer);

export class ForkingUnixDatagramServer extends ForkingBaseUnixDatagramServer {
  static override readonly module: string = import.meta.url;
}
