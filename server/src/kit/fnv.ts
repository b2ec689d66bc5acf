const BASIS = 0x811c9dc5

/** FNV-1a, 32 bits; goes on from another hash where one is given. As a signed or unsigned number, as it comes. */
export function fnv1a(text: string, from = BASIS): number {
  let hash = from
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
