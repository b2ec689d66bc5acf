import { TintypeError } from '@tintype/contract'

/**
 * Opaque keyset cursors: a JSON array of the last row's sort keys, base64url. `kind` names the list and is checked,
 * so a cursor of one list is refused by another (`bad_cursor`).
 */
export function encodeCursor(kind: string, keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([kind, ...keys])).toString('base64url')
}

export function decodeCursor(kind: string, cursor: string): (string | number)[] {
  try {
    const [found, ...keys]: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (found === kind && keys.every((key) => typeof key === 'string' || typeof key === 'number'))
      return keys as (string | number)[]
  } catch {}
  throw new TintypeError('bad_cursor')
}

/** Cuts a list that was read with one row more than `limit` into a page; `keysOf` gives a row's sort keys. */
export function pageOf<T>(
  kind: string,
  rows: T[],
  limit: number,
  keysOf: (row: T) => readonly (string | number)[],
) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(kind, keysOf(last)) : null,
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export const isUuid = (text: string): boolean => UUID.test(text)

/** For lists keyed by one id: the cursor's id, or undefined on the first page. */
export function idCursor<T extends string>(kind: string, cursor: string | undefined): T | undefined {
  if (cursor === undefined) return undefined
  const [id, ...rest] = decodeCursor(kind, cursor)
  if (typeof id !== 'string' || !isUuid(id) || rest.length > 0) throw new TintypeError('bad_cursor')
  return id as T
}
