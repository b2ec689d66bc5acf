/** Milliseconds that a `Retry-After` asks for (RFC 9110: seconds, or a date); undefined where it says nothing that can be used. */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  if (!header) return undefined
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MOST_MS) : undefined
}

/** Whatever a host says, it is asked again a day later. */
const MOST_MS = 86_400_000
