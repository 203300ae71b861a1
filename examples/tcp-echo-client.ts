/** Sends a message and prints what comes back. Arguments: the port, the message. */
import { connect } from "node:net";

const [port = "5000", message = "Hello"] = process.argv.slice(2);
const socket = connect(Number(port), "127.0.0.1");
socket.end(message);
for await (const chunk of socket) process.stdout.write(String(chunk));
