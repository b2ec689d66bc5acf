/** CIE XYZ, adapted to D50. */
type Xyz = readonly [number, number, number]

export interface RgbSpace {
  name: string
  gamma: number
  red: Xyz
  green: Xyz
  blue: Xyz
}

/** Adobe RGB (1998), 4.3.1.2. */
export const adobeRgb: RgbSpace = {
  name: 'Adobe RGB (1998)',
  gamma: 2.19921875,
  red: [0.60974, 0.31111, 0.01947],
  green: [0.20528, 0.62567, 0.06087],
  blue: [0.14919, 0.06322, 0.74457],
}
const D50: Xyz = [0.9642, 1, 0.8249]

/** A matrix profile as ICC.1:2001-04 describes it, good enough for every colour engine. */
export function iccProfile({ name, gamma, red, green, blue }: RgbSpace): Buffer {
  const curve = Buffer.concat([
    Buffer.from('curv\0\0\0\0\0\0\0\x01', 'latin1'),
    uint16(Math.round(gamma * 256)),
  ])
  const ascii = Buffer.from(`${name}\0`, 'latin1')
  const description = Buffer.concat([
    Buffer.from('desc\0\0\0\0', 'latin1'),
    uint32(ascii.length),
    ascii,
    Buffer.alloc(78),
  ])
  const tags: [string, Buffer][] = [
    ['desc', description],
    ['cprt', Buffer.from('text\0\0\0\0Public domain\0', 'latin1')],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ]
  const bodies = tags.map(([, body]) => Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]))
  let offset = 128 + 4 + tags.length * 12
  const table = tags.map(([tag, body], index) => {
    const entry = Buffer.concat([Buffer.from(tag), uint32(offset), uint32(body.length)])
    offset += bodies[index]?.length ?? 0
    return entry
  })
  return Buffer.concat([header(offset), uint32(tags.length), ...table, ...bodies])
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(128)
  bytes.writeUInt32BE(size, 0)
  bytes.writeUInt32BE(0x02100000, 8)
  bytes.write('mntrRGB XYZ ', 12, 'latin1')
  bytes.write('acsp', 36, 'latin1')
  xyz(D50).copy(bytes, 68, 8)
  return bytes
}

const xyz = (values: Xyz): Buffer =>
  Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), ...values.map((v) => uint32(Math.round(v * 65536)))])
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}
