/**
 * Maps that make what they lack.
 *
 * Layer 0. Pure. Source: TC39 proposal-upsert (`Map.prototype.getOrInsertComputed`), which Node 24 does not have.
 */

/** A `Map` or a `WeakMap`. */
interface Store<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

export function getOrInsert<Key, Value>(
  map: Store<Key, Value>,
  key: Key,
  make: () => Value,
): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
