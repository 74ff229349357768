/** A copy of `from` with room for `capacity` elements; what is new is zero. */
export function grownFloat64(from: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const to = new Float64Array(capacity);
  to.set(from);
  return to;
}

/** A copy of `from` with room for `capacity` elements; what is new is zero. */
export function grownInt32(from: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}

/** A copy of `from` with room for `capacity` elements; what is new is zero. */
export function grownUint8(from: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(capacity);
  to.set(from);
  return to;
}
