import type { UploadTicket } from '@tintype/contract'

/** One PUT: a stretch of the file, `end` exclusive. */
export interface Part {
  number: number
  url: string
  start: number
  end: number
}

/** The PUTs that bring a file to the server; a file that is not multipart is one. */
export function partsOf(ticket: Pick<UploadTicket, 'url' | 'multipart'>, size: number): Part[] {
  const { multipart } = ticket
  if (!multipart) return [{ number: 1, url: ticket.url, start: 0, end: size }]
  return multipart.parts.map(({ part_number, url }) => {
    const start = (part_number - 1) * multipart.part_size
    return { number: part_number, url, start, end: Math.min(size, start + multipart.part_size) }
  })
}

/** What is still to be sent, given the numbers of the parts that have arrived. */
export const missingParts = (parts: readonly Part[], received: readonly number[]): Part[] =>
  parts.filter(({ number }) => !received.includes(number))

export const lengthOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { start, end }) => sum + end - start, 0)
