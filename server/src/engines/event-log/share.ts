/** Into how many shares every group's work is cut; each share belongs to one process at a time. Changing it needs a migration. */
export const SHARES = 8

/** The share of a key: FNV-1a, so that every version of every process agrees. */
export function shareOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return (hash ^ (hash >>> 15)) & (SHARES - 1)
}
