/**
 * An order in which every file comes after those it refers to.
 *
 * Layer 4 (staticfiles). Pure. Source: R. Tarjan, "Depth-first search and linear graph algorithms" (1972): the strongly
 * connected components of a graph, in reverse topological order.
 */

/** From each file to those it refers to. */
export type ReferenceGraph = ReadonlyMap<string, readonly string[]>;

/** Groups of files: one alone, or several that refer to each other in a circle. */
export function referenceOrder(graph: ReferenceGraph): string[][] {
  const groups: string[][] = [];
  const stack: string[] = [];
  /** When each file was first seen, and the earliest file that it leads back to. */
  const marks = new Map<string, { readonly index: number; low: number; isOpen: boolean }>();

  const visit = (file: string): { low: number; isOpen: boolean } => {
    const mark = { index: marks.size, low: marks.size, isOpen: true };
    marks.set(file, mark);
    stack.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!graph.has(target)) continue;
      const reached = marks.get(target) ?? visit(target);
      if (reached.isOpen) mark.low = Math.min(mark.low, reached.low);
    }
    if (mark.low === mark.index) groups.push(takeGroup(file));
    return mark;
  };
  const takeGroup = (first: string): string[] => {
    const group = stack.splice(stack.indexOf(first));
    for (const member of group) {
      const mark = marks.get(member);
      if (mark !== undefined) mark.isOpen = false;
    }
    return group.toSorted();
  };
  for (const file of graph.keys()) if (!marks.has(file)) visit(file);
  return groups;
}
