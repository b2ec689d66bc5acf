/** Colours to write and draw with: hard light and darkroom dyes, each telling from the others and from most pictures. */
export const inks = {
  white: '#ffffff',
  ink: '#16110e',
  red: '#d93036',
  amber: '#f2a33a',
  yellow: '#ffd84d',
  green: '#3f9b54',
  teal: '#22a7a0',
  blue: '#2f6fde',
  violet: '#7a4bd1',
  pink: '#f0608f',
} as const
export type InkName = keyof typeof inks
export const inkNames = Object.keys(inks) as InkName[]

export interface Ground {
  /** From, over and to; `#rrggbb`. */
  colors: readonly string[]
  /** Degrees clockwise from straight up, as in CSS. */
  angle: number
}

/** What stands behind a story without a picture. */
export const grounds = {
  safelight: { colors: ['#3a0b0c', '#8f1d22', '#d8413f'], angle: 160 },
  ring: { colors: ['#f2a33a', '#d93036', '#b1286d'], angle: 200 },
  plate: { colors: ['#2b2420', '#0e0b09'], angle: 180 },
  paper: { colors: ['#faf6f0', '#e2d8ca'], angle: 170 },
  silver: { colors: ['#5d5f63', '#b9bbbd'], angle: 155 },
  dusk: { colors: ['#262a57', '#84527e', '#e58f72'], angle: 180 },
  lake: { colors: ['#0f3d4c', '#2a8a8c'], angle: 165 },
  moss: { colors: ['#1e3324', '#6d8f4e'], angle: 170 },
} as const satisfies Record<string, Ground>
export type GroundName = keyof typeof grounds
export const groundNames = Object.keys(grounds) as GroundName[]

export const cssOf = ({ colors, angle }: Ground): string =>
  `linear-gradient(${angle}deg, ${colors.join(', ')})`

/** From where to where CSS runs such a gradient over a box: its corners get the end colours. */
export function lineOf({ angle }: Ground, width: number, height: number): [number, number, number, number] {
  const turn = (angle * Math.PI) / 180
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)]
  const half = (Math.abs(width * sin) + Math.abs(height * cos)) / 2
  return [width / 2 - sin * half, height / 2 + cos * half, width / 2 + sin * half, height / 2 - cos * half]
}

/** Black or white, whichever is read better on the colour. */
export function readableOn(color: string): string {
  const [r, g, b] = [1, 3, 5].map((at) => (Number.parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2)
  const luminance = 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
  return luminance > 0.36 ? inks.ink : inks.white
}
