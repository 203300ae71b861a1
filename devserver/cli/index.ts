/** `minorswing/devserver/cli`: the `devserver` command as a function. Importing it makes its commands known to `callCommand`. */
export { main } from "./main.ts";
