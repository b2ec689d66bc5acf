import { formatArray, parseArray, parseUuids } from './arrays.ts'

interface Scalar {
  oid: number
  arrayOid: number
  format(value: unknown): string
  parse(text: string): unknown
}

const asText = { format: String, parse: (text: string) => text }
const asNumber = { format: String, parse: Number }
const asJson = {
  format: (value: unknown) => JSON.stringify(value),
  parse: (text: string) => JSON.parse(text),
}
const asDate = {
  format: (value: unknown) => (value instanceof Date ? value.toISOString() : String(value)),
  parse: (text: string) => new Date(text),
}

/** Object ids of PostgreSQL's own types never change, so no connection needs to ask for them first. */
const scalars: Record<string, Scalar> = {
  bool: { oid: 16, arrayOid: 1000, format: (value) => (value ? 't' : 'f'), parse: (text) => text === 't' },
  bytea: {
    oid: 17,
    arrayOid: 1001,
    format: (value) => `\\x${Buffer.from(value as Uint8Array).toString('hex')}`,
    parse: (text) => Buffer.from(text.slice(2), 'hex'),
  },
  /** Whole numbers that a double holds exactly come as number, the rest as bigint. */
  int8: {
    oid: 20,
    arrayOid: 1016,
    format: String,
    parse: (text) => {
      const number = Number(text)
      return Number.isSafeInteger(number) ? number : BigInt(text)
    },
  },
  int2: { oid: 21, arrayOid: 1005, ...asNumber },
  int4: { oid: 23, arrayOid: 1007, ...asNumber },
  oid: { oid: 26, arrayOid: 1028, ...asNumber },
  text: { oid: 25, arrayOid: 1009, ...asText },
  json: { oid: 114, arrayOid: 199, ...asJson },
  float4: { oid: 700, arrayOid: 1021, ...asNumber },
  float8: { oid: 701, arrayOid: 1022, ...asNumber },
  varchar: { oid: 1043, arrayOid: 1015, ...asText },
  /** Without a time it stays text: a Date would be another day in another zone. */
  date: {
    oid: 1082,
    arrayOid: 1182,
    format: (value) => asDate.format(value).slice(0, 10),
    parse: (text) => text,
  },
  timestamptz: { oid: 1184, arrayOid: 1185, ...asDate },
  numeric: { oid: 1700, arrayOid: 1231, ...asText },
  uuid: { oid: 2950, arrayOid: 2951, ...asText },
  jsonb: { oid: 3802, arrayOid: 3807, ...asJson },
  xid8: { oid: 5069, arrayOid: 271, ...asText },
}

export type Format = (value: unknown) => string
export type Parse = (text: string) => unknown

const formats = new Map<number, Format>()
const parsers = new Map<number, Parse>()
for (const [name, { oid, arrayOid, format, parse }] of Object.entries(scalars)) {
  formats.set(oid, format)
  parsers.set(oid, parse)
  formats.set(arrayOid, (value) => (Array.isArray(value) ? formatArray(value, format) : String(value)))
  parsers.set(arrayOid, name === 'uuid' ? parseUuids : (text) => parseArray(text, parse))
}

/** Types that are not ours travel as text. */
export const formatOf = (oid: number): Format => formats.get(oid) ?? String
export const parserOf = (oid: number): Parse => parsers.get(oid) ?? asText.parse

/** The type that a value stands for where the statement leaves it open; 0 lets PostgreSQL find out. */
export function oidOf(value: unknown): number {
  if (typeof value !== 'object' && typeof value !== 'boolean' && typeof value !== 'bigint') return 0
  if (!Array.isArray(value)) return scalarOf(value)?.oid ?? 0
  return scalarOf(value[0])?.arrayOid ?? 0
}

function scalarOf(value: unknown): Scalar | undefined {
  if (value instanceof Date) return scalars.timestamptz
  if (typeof value === 'boolean') return scalars.bool
  if (typeof value === 'bigint') return scalars.int8
  if (value instanceof Uint8Array) return scalars.bytea
  return undefined
}
