import type { PostgresType } from 'postgres'
import { formatArray, parseArray, parseUuids } from './postgres-arrays.ts'

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

/** For postgres.js's `types`. */
export function postgresTypes(): Record<string, PostgresType> {
  const types: Record<string, PostgresType> = {}
  for (const [name, { oid, arrayOid, format, parse }] of Object.entries(scalars)) {
    types[name] = { to: oid, from: [oid], serialize: format, parse }
    types[`${name}_array`] = {
      to: arrayOid,
      from: [arrayOid],
      serialize: (value: unknown) => (Array.isArray(value) ? formatArray(value, format) : String(value)),
      parse: name === 'uuid' ? parseUuids : (text: string) => parseArray(text, parse),
    }
  }
  return types
}

/** The array type of those elements for which postgres.js would guess the element's type alone. */
export function arrayOidOf(element: unknown): number | undefined {
  if (element instanceof Date) return scalars.timestamptz?.arrayOid
  if (typeof element === 'boolean') return scalars.bool?.arrayOid
  if (typeof element === 'bigint') return scalars.int8?.arrayOid
  if (element instanceof Uint8Array) return scalars.bytea?.arrayOid
  return undefined
}
