/**
 * The ready-made servers that handle requests in threads.
 *
 * Layer 1 (socketserver). Source: CPython Lib/socketserver.py.
 */
import { ThreadingMixIn, type ThreadingStatics } from "./threading-mix-in.ts";
import type { PooledServerClass } from "./pooled-server.ts";
import { TCPServer } from "./tcp-server.ts";
import { UDPServer } from "./udp-server.ts";
import { UnixDatagramServer } from "./unix-datagram-server.ts";
import { UnixStreamServer } from "./unix-stream-server.ts";

const ThreadingBaseTCPServer: PooledServerClass<typeof TCPServer, ThreadingStatics> =
  ThreadingMixIn(TCPServer);

export class ThreadingTCPServer extends ThreadingBaseTCPServer {
  static override readonly module: string = import.meta.url;
}

const ThreadingBaseUDPServer: PooledServerClass<typeof UDPServer, ThreadingStatics> =
  ThreadingMixIn(UDPServer);

export class ThreadingUDPServer extends ThreadingBaseUDPServer {
  static override readonly module: string = import.meta.url;
}

const ThreadingBaseUnixStreamServer: PooledServerClass<typeof UnixStreamServer, ThreadingStatics> =
  ThreadingMixIn(UnixStreamServer);

export class ThreadingUnixStreamServer extends ThreadingBaseUnixStreamServer {
  static override readonly module: string = import.meta.url;
}

const ThreadingBaseUnixDatagramServer: PooledServerClass<
  typeof UnixDatagramServer,
  ThreadingStatics
> = ThreadingMixIn(UnixDatagramServer);

export class ThreadingUnixDatagramServer extends ThreadingBaseUnixDatagramServer {
  static override readonly module: string = import.meta.url;
}
