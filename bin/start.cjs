// Apart from devserver.cjs because import() does not parse on the oldest Nodes.
import("../dist/devserver/cli/entry.js").catch((error) => {
  console.error(error);
  process.exit(1);
});
