import { randomBytes } from 'node:crypto'

/**
 * Messages as NOTIFY payloads. PostgreSQL takes under 8000 bytes, and delivers equal payloads of one transaction once, so a
 * message travels in numbered pieces, `sender sequence index count text`, each unique. One sender's pieces arrive in order.
 */

/** In UTF-16 units, of up to 3 bytes each. */
const pieceLength = 2500

export interface Wire {
  pieces(text: string): string[]
  /** Whether this sender itself sent it. */
  isOwn(payload: string): boolean
  /** The text once its last piece is there; undefined before, and for what this sender itself sent. */
  accept(payload: string): string | undefined
  /** Forgets messages that are there in part. */
  reset(): void
}

export function openWire(): Wire {
  const own = randomBytes(6).toString('base64url')
  const partial = new Map<string, string[]>()
  let sequence = 0

  return {
    pieces(text) {
      const parts = split(text)
      const head = `${own} ${++sequence}`
      return parts.map((part, index) => `${head} ${index} ${parts.length} ${part}`)
    },
    isOwn: (payload) => payload.startsWith(`${own} `),
    accept(payload) {
      const [, sender = '', number = '', index = '', count = '', part = ''] =
        /^(\S+) (\d+) (\d+) (\d+) (.*)$/s.exec(payload) ?? []
      if (sender === own) return undefined
      if (count === '1') return part
      const key = `${sender} ${number}`
      const parts = index === '0' ? [] : partial.get(key)
      // The beginning went by before we listened, or was lost in a gap.
      if (parts === undefined) return undefined
      parts.push(part)
      if (parts.length < Number(count)) {
        partial.set(key, parts)
        return undefined
      }
      partial.delete(key)
      return parts.join('')
    },
    reset() {
      partial.clear()
    },
  }
}

/** Never between the two halves of a character. */
function split(text: string): string[] {
  const parts: string[] = []
  let start = 0
  do {
    let end = Math.min(start + pieceLength, text.length)
    const last = text.charCodeAt(end - 1)
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end--
    parts.push(text.slice(start, end))
    start = end
  } while (start < text.length)
  return parts
}
