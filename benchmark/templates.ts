/**
 * `npm run benchmark:templates`: a page with a table of 100 rows, rendered by nunjucks itself and by our engine, with and
 * without DEBUG, in rounds that alternate. What counts is the ratio. Option: `-- ROUNDS` (default 15).
 */
import nunjucks from "nunjucks";
import { DEFAULT_SETTINGS } from "../framework/conf/defaults.ts";
import { Templates } from "../framework/templates/engine.ts";
import { URLResolver } from "../framework/urls/resolver.ts";

const SOURCE = `<h1>{{ title }}</h1><table>
{% for tune in tunes %}<tr class="{% if loop.first %}first{% endif %}">
<td><a href="/tunes/{{ tune.pk }}/">{{ tune.title | upper }}</a></td><td>{{ tune.year }}</td>
<td>{% if tune.year > 1940 and tune.title != "x" %}late{% else %}early{% endif %}</td></tr>
{% else %}<tr><td>None.</td></tr>{% endfor %}</table>{% set total = tunes.length %}{{ total + 1 }}`;

const context = {
  title: "Tunes & more",
  tunes: Array.from({ length: 100 }, (_none, pk) => ({
    pk,
    title: `Nuages <${pk}>`,
    year: 1900 + pk,
  })),
};

const [rounds = 15] = process.argv.slice(2).map(Number);
const RENDERINGS = 300;

function ours(DEBUG: boolean): () => string {
  const template = new Templates({ ...DEFAULT_SETTINGS, DEBUG }, new URLResolver([])).fromString(
    SOURCE,
  );
  return () => template.render(context);
}

const reference = new nunjucks.Template(SOURCE, new nunjucks.Environment(null), "page.html", true);

const contenders = [
  { name: "nunjucks", render: () => reference.render(context), times: [] as number[] },
  { name: "ours", render: ours(false), times: [] as number[] },
  { name: "ours, DEBUG", render: ours(true), times: [] as number[] },
];

for (let round = -2; round < rounds; round += 1) {
  for (const { render, times } of contenders) {
    const start = performance.now();
    for (let count = 0; count < RENDERINGS; count += 1) render();
    // The first two rounds are for the compiler.
    if (round >= 0) times.push(((performance.now() - start) / RENDERINGS) * 1000);
  }
}

const medians = contenders.map(
  ({ times }) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0,
);
for (const [index, { name }] of contenders.entries()) {
  const median = medians[index] ?? 0;
  const ratio = (median / (medians[0] ?? 1)).toFixed(2);
  console.log(
    `${name.padEnd(12)} ${median.toFixed(0).padStart(5)} µs a page, ${ratio} of nunjucks`,
  );
}
