/** The app's own and those that systems bring along: nothing is fetched, and what is seen here is what is drawn. */
export const fonts = {
  plain: { family: '"Figtree Variable", system-ui, sans-serif', weight: 650 },
  serif: { family: 'Georgia, "Iowan Old Style", "Liberation Serif", serif', weight: 400 },
  typewriter: { family: '"Courier New", "Liberation Mono", ui-monospace, monospace', weight: 700 },
  hand: {
    family: '"Snell Roundhand", "Segoe Script", "Bradley Hand", "URW Chancery L", cursive',
    weight: 600,
  },
  poster: {
    family: 'Impact, "Haettenschweiler", "Arial Narrow", "Liberation Sans Narrow", sans-serif',
    weight: 700,
  },
} as const
export type FontName = keyof typeof fonts
export const fontNames = Object.keys(fonts) as FontName[]

/** As a canvas takes it. */
export const canvasFont = (name: FontName, pixels: number): string =>
  `${fonts[name].weight} ${pixels}px ${fonts[name].family}`
