// Whether two values are equal all the way down, bytes included.

export function equal(one, other) {
  if (Object.is(one, other) || one === other) return true;
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return false;
  if (one instanceof DataView || other instanceof DataView) {
    return one instanceof DataView && other instanceof DataView && one.byteLength === other.byteLength
      && equalBytes(one, other);
  }
  const names = Object.keys(one);
  return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length
    && names.every((name) => name in other && equal(one[name], other[name]));
}

function equalBytes(one, other) {
  for (let place = 0; place < one.byteLength; place += 1) {
    if (one.getUint8(place) !== other.getUint8(place)) return false;
  }
  return true;
}
