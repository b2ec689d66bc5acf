import { readFile } from 'node:fs/promises'

/** Photographs of the demo community, in the public domain; see demo/PHOTOGRAPHS.md. */
export const photographNames = [
  'burano',
  'coffee-sacks',
  'croissant',
  'deer',
  'green-valley',
  'red-tiles',
  'old-alps',
] as const
export type PhotographName = (typeof photographNames)[number]

/** A real photograph, JPEG, some 1000 pixels wide. */
export const photograph = (name: PhotographName): Promise<Buffer> =>
  readFile(new URL(`../../../demo/photographs/${name}.jpg`, import.meta.url))
