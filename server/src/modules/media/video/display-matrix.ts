import type { Turning } from './source.ts'

const UNIT = 65_536

/** A container's display matrix (nine numbers of 16.16, the last column 2.30), as filters; FFmpeg's own tool chooses the same. */
export function turningOf(matrix: Buffer | null): Turning {
  if (!matrix || matrix.length < 36) return []
  const at = (place: number) => matrix.readInt32LE(place * 4) / UNIT
  const [a, b, c, d] = [at(0), at(1), at(3), at(4)]
  const angle = (Math.atan2(b / (Math.hypot(b, d) || 1), a / (Math.hypot(a, c) || 1)) * 180) / Math.PI
  const degrees = (Math.round(angle / 90) * 90 + 360) % 360
  if (degrees === 90) return [`transpose=${c > 0 ? 'cclock_flip' : 'clock'}`]
  if (degrees === 270) return [`transpose=${c < 0 ? 'clock_flip' : 'cclock'}`]
  if (degrees === 180) return [...(a < 0 ? ['hflip'] : []), ...(d < 0 ? ['vflip'] : [])]
  return d < 0 ? ['vflip'] : []
}

export const isSideways = (turning: Turning): boolean =>
  turning.some((filter) => filter.startsWith('transpose'))
