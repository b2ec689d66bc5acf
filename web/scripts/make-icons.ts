import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

/** Rasterises the drawn icons of `brand/` into `public/icons/`. Run by hand when a drawing changes; the results are committed. */
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const icons = [
  { from: 'brand/icon.svg', to: 'icon-192.png', edge: 192 },
  { from: 'brand/icon.svg', to: 'icon-512.png', edge: 512 },
  { from: 'brand/icon-maskable.svg', to: 'maskable-512.png', edge: 512 },
  { from: 'brand/icon.svg', to: 'apple-touch-icon.png', edge: 180 },
]

for (const { from, to, edge } of icons) {
  const density = (72 * edge) / 512
  await sharp(at(from), { density: Math.max(72, density * 2) })
    .resize(edge, edge)
    .png({ compressionLevel: 9, palette: true })
    .toFile(at(`public/icons/${to}`))
}
