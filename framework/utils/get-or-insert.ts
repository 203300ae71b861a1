/**
 * Maps that make what they lack.
 *
 * Layer 0. Pure. Source: TC39 proposal-upsert (`Map.prototype.getOrInsertComputed`), which Node 24 does not have.
 */
export function getOrInsert<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
