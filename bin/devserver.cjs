#!/usr/bin/env node
// Must parse on any Node, however old: no syntax younger than ES5 in this file.
var NEEDED = [24, 20];
var found = process.versions.node.split(".").map(Number);

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  process.stderr.write(
    "Error: devserver needs Node " +
      NEEDED.join(".") +
      " or newer; this is " +
      process.versions.node +
      ". Install it from nodejs.org, or for this project alone: npm install --save-dev node@24\n",
  );
  process.exit(1);
} else {
  require("./start.cjs");
}
