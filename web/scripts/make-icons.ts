import { writeFile } from 'node:fs/promises'
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

/** What browsers and feed readers ask for by themselves: a PNG in the frame of an icon file. */
async function writeFavicon(edge: number): Promise<void> {
  const png = await sharp(at('brand/icon.svg')).resize(edge, edge).png({ compressionLevel: 9 }).toBuffer()
  const head = Buffer.alloc(22)
  // One icon, of 32 bits a pixel, behind the head.
  for (const [value, place] of [
    [1, 2],
    [1, 4],
    [1, 10],
    [32, 12],
  ] as const)
    head.writeUInt16LE(value, place)
  head.writeUInt8(edge, 6)
  head.writeUInt8(edge, 7)
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  await writeFile(at('public/favicon.ico'), Buffer.concat([head, png]))
}

await writeFavicon(32)
for (const { from, to, edge } of icons) {
  const density = (72 * edge) / 512
  await sharp(at(from), { density: Math.max(72, density * 2) })
    .resize(edge, edge)
    .png({ compressionLevel: 9, palette: true })
    .toFile(at(`public/icons/${to}`))
}
