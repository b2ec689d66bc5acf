import { type Curve, through } from './filter-curve.ts'
import { type ColorMatrix, chain, gain, identityMatrix, monochrome, saturate } from './filter-matrix.ts'
import type { FilterId } from './filters.ts'

export interface Vignette {
  /** How far the corners go towards `color`, 0…1. */
  amount: number
  /** Where it begins and where it is full; distance from the centre, 1 in the corners of the frame. */
  inner: number
  outer: number
  /** sRGB, each 0…1. */
  color: readonly [number, number, number]
}

/** Applied in this order: matrix, then `all` and the channels' own curves, then vignette. */
export interface FilterDefinition {
  /** For people. */
  name: string
  matrix: ColorMatrix
  curves: { all?: Curve; r?: Curve; g?: Curve; b?: Curve }
  vignette?: Vignette
}

const dark = (amount: number, inner = 0.45, outer = 1.05): Vignette => ({
  amount,
  inner,
  outer,
  color: [0.03, 0.02, 0.02],
})

/** At its strongest; the one that is added by hand. */
export const addedVignette = dark(0.85, 0.35, 1.05)

export const filters: Record<FilterId, FilterDefinition> = {
  original: { name: 'Original', matrix: identityMatrix, curves: {} },

  /** Window light: lifted, soft, cream in the highlights. */
  linen: {
    name: 'Linen',
    matrix: saturate(0.9),
    curves: {
      all: through(0, 14, 48, 62, 128, 148, 200, 217, 255, 252),
      g: through(0, 0, 255, 251),
      b: through(0, 5, 128, 126, 255, 238),
    },
  },
  /** The last hour of sun. */
  amber: {
    name: 'Amber',
    matrix: chain(saturate(1.06), gain(1.03, 0.99, 0.93)),
    curves: {
      all: through(0, 4, 60, 58, 128, 136, 200, 212, 255, 254),
      r: through(0, 8, 128, 138, 255, 255),
      g: through(0, 2, 128, 128, 255, 249),
      b: through(0, 14, 128, 114, 255, 224),
    },
  },
  /** Ripe colour on slide film. */
  orchard: {
    name: 'Orchard',
    matrix: chain(saturate(1.26), gain(1.01, 1, 0.985)),
    curves: {
      all: through(0, 0, 50, 40, 128, 130, 200, 214, 255, 255),
    },
  },
  /** Kind to faces: bright, rosy, gentle contrast. */
  rosewater: {
    name: 'Rosewater',
    matrix: chain(saturate(0.96), gain(1.02, 0.985, 1)),
    curves: {
      all: through(0, 10, 60, 68, 128, 146, 200, 216, 255, 253),
      r: through(0, 6, 128, 134, 255, 255),
      g: through(0, 2, 128, 124, 255, 248),
      b: through(0, 10, 128, 130, 255, 248),
    },
  },
  /** Cool green shadows, yellow light: drugstore negative film. */
  fern: {
    name: 'Fern',
    matrix: [0.98, 0.04, -0.02, 0, -0.01, 1.0, 0.01, 0, -0.02, 0.08, 0.9, 0],
    curves: {
      all: through(0, 6, 56, 52, 128, 132, 200, 210, 255, 250),
      r: through(0, 0, 64, 58, 160, 162, 255, 250),
      g: through(0, 10, 128, 134, 255, 252),
      b: through(0, 12, 128, 122, 255, 226),
    },
  },
  /** Overcast by the water. */
  harbor: {
    name: 'Harbor',
    matrix: chain(saturate(0.84), gain(0.97, 1, 1.03)),
    curves: {
      all: through(0, 6, 56, 54, 128, 132, 200, 208, 255, 252),
      r: through(0, 0, 96, 84, 190, 188, 255, 248),
      g: through(0, 8, 128, 130, 255, 252),
      b: through(0, 28, 128, 138, 255, 250),
    },
  },
  /** Teal shade, copper light. */
  copper: {
    name: 'Copper',
    matrix: [1.12, -0.04, -0.06, 0, -0.02, 1.04, -0.02, 0, -0.08, 0.04, 1.04, 0],
    curves: {
      all: through(0, 2, 52, 42, 128, 128, 200, 210, 255, 252),
      r: through(0, 0, 70, 60, 160, 172, 255, 255),
      g: through(0, 6, 80, 82, 255, 248),
      b: through(0, 22, 80, 88, 170, 156, 255, 226),
    },
  },
  /** Violet shadows under a rose sky. */
  dusk: {
    name: 'Dusk',
    matrix: saturate(0.92),
    curves: {
      all: through(0, 6, 60, 58, 128, 130, 200, 206, 255, 248),
      r: through(0, 18, 128, 138, 255, 255),
      g: through(0, 4, 128, 116, 255, 240),
      b: through(0, 44, 128, 138, 255, 232),
    },
  },
  /** Matte print, a little faded. */
  paper: {
    name: 'Paper',
    matrix: saturate(0.72),
    curves: {
      all: through(0, 38, 40, 56, 128, 134, 210, 212, 255, 236),
      r: through(0, 4, 255, 252),
      b: through(0, 0, 128, 124, 255, 238),
    },
  },

  /** The classic silver print: full scale, neutral with a warm base. */
  gelatin: {
    name: 'Gelatin',
    matrix: monochrome(0.32, 0.56, 0.12),
    curves: {
      all: through(0, 8, 56, 50, 128, 134, 200, 214, 255, 251),
      b: through(0, 0, 128, 125, 255, 248),
    },
  },
  /** Hard light through a red filter. */
  noir: {
    name: 'Noir',
    matrix: monochrome(0.5, 0.42, 0.08),
    curves: {
      all: through(0, 0, 44, 18, 96, 78, 150, 168, 206, 236, 255, 255),
    },
    vignette: dark(0.5),
  },
  /** Cold paper, plum shadows. */
  selenium: {
    name: 'Selenium',
    matrix: monochrome(0.3, 0.58, 0.12),
    curves: {
      all: through(0, 10, 56, 46, 128, 128, 200, 208, 255, 250),
      r: through(0, 8, 96, 100, 180, 181, 255, 252),
      g: through(0, 0, 96, 91, 180, 178, 255, 252),
      b: through(0, 9, 96, 99, 180, 184, 255, 254),
    },
  },
  sepia: {
    name: 'Sepia',
    matrix: monochrome(0.33, 0.55, 0.12),
    curves: {
      all: through(0, 12, 64, 66, 128, 136, 200, 210, 255, 248),
      r: through(0, 16, 128, 150, 255, 254),
      g: through(0, 5, 128, 121, 255, 241),
      b: through(0, 0, 128, 92, 255, 216),
    },
  },
  /** Wet plate: blind to red, deep and warm in the blacks, falling off to the edges. */
  collodion: {
    name: 'Collodion',
    matrix: monochrome(0.12, 0.46, 0.42),
    curves: {
      all: through(0, 12, 50, 36, 110, 104, 170, 182, 220, 222, 255, 238),
      r: through(0, 10, 128, 136, 255, 255),
      g: through(0, 3, 128, 125, 255, 244),
      b: through(0, 0, 128, 108, 255, 216),
    },
    vignette: dark(0.72, 0.35, 1.0),
  },
  /** Prussian blue on watercolour paper. */
  cyanotype: {
    name: 'Cyanotype',
    matrix: monochrome(0.25, 0.5, 0.25),
    curves: {
      all: through(0, 0, 64, 56, 128, 132, 200, 216, 255, 255),
      r: through(0, 8, 96, 28, 176, 128, 255, 240),
      g: through(0, 28, 96, 84, 176, 168, 255, 245),
      b: through(0, 66, 96, 136, 176, 200, 255, 242),
    },
  },
  /** A polished silver plate: cool middle tones, dimmed whites, warm rims. */
  daguerre: {
    name: 'Daguerre',
    matrix: monochrome(0.16, 0.5, 0.34),
    curves: {
      all: through(0, 20, 48, 42, 110, 112, 170, 180, 255, 232),
      r: through(0, 10, 96, 84, 180, 168, 255, 248),
      g: through(0, 6, 96, 97, 180, 183, 255, 250),
      b: through(0, 8, 96, 113, 180, 197, 255, 246),
    },
    vignette: { amount: 0.55, inner: 0.55, outer: 1.0, color: [0.16, 0.12, 0.08] },
  },
}
