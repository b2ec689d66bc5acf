/** Where something stands in PostgreSQL’s log (`pg_lsn`), as text and as a number. */
const FORM = /^([\dA-F]{1,8})\/([\dA-F]{1,8})$/i

/** Undefined for what is none. */
export function positionOf(text: string | null | undefined): bigint | undefined {
  const [, high, low] = FORM.exec(text ?? '') ?? []
  return high === undefined || low === undefined
    ? undefined
    : (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}
