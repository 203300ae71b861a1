/** Figures of a probe, and how they are printed. */

/** The value below which `share` of all values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[index] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}

export function kibibytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}

/** `median (least to most)`. */
export function spread(values: readonly number[], format: (value: number) => string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${format(median(values))} (${format(least)} to ${format(most)})`;
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(columns?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
