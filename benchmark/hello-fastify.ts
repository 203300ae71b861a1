/** Fastify with one route. Argument: `log`, for its two lines about each request, written to nowhere. Prints its port. */
import Fastify from "fastify";

const logger = process.argv[2] === "log" ? { file: "/dev/null" } : false;
const app = Fastify({ logger });
app.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send("Hello, world!"));
await app.listen({ port: 0, host: "127.0.0.1" });
const address = app.server.address();
console.log(typeof address === "object" && address !== null ? address.port : "");
