/** Text in pieces, to be written one after the other: UTF-8 bytes as they are cached, and strings that are made for one reply. */
export type Piece = string | Uint8Array
export type Pieces = readonly Piece[]

/** At least as many bytes as the pieces take: a letter of a string is three at most. */
export function bytesAtMost(pieces: Pieces): number {
  let bytes = 0
  for (const piece of pieces) bytes += typeof piece === 'string' ? 3 * piece.length : piece.length
  return bytes
}

/** Writes the pieces to the beginning of a buffer that has room for them; answers how many bytes they took. */
export function writePieces(pieces: Pieces, buffer: Buffer): number {
  let at = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') at += buffer.write(piece, at)
    else {
      buffer.set(piece, at)
      at += piece.length
    }
  }
  return at
}

/** In memory of its own: a slice of a shared buffer would keep all of that. */
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

export function textOf(pieces: Pieces): string {
  const buffer = Buffer.allocUnsafe(bytesAtMost(pieces))
  return buffer.toString('utf8', 0, writePieces(pieces, buffer))
}

/** The JSON of an object with members of another one after its own. Its last piece is a string that ends it. */
export function withMembers(json: Pieces, members: object): Pieces {
  const last = json.at(-1)
  if (typeof last !== 'string') throw new Error('JSON that ends in bytes')
  return [...json.slice(0, -1), `${last.slice(0, -1)},${JSON.stringify(members).slice(1)}`]
}
