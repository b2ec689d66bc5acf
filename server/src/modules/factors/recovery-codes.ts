import { randomInt } from 'node:crypto'

const COUNT = 10
// Without letters that look alike; ten of them hold 49 bits, too many to guess at a few tries a minute.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** `k7mq3-x9d2a` */
export const newCodes = (): string[] =>
  Array.from({ length: COUNT }, () => {
    const letters = Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })

/** However it is typed. */
export const foldCode = (typed: string): string => typed.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
