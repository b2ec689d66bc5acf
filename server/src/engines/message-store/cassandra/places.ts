import type { MessageId } from '@tintype/contract'

/**
 * The order of a conversation: the first 60 bits of a message's id without its version, which are milliseconds since 1970 and 1/4096 of
 * them, as fifteen hexadecimal digits.
 */
export type Place = string

export const START: Place = ''

export const placeOf = (id: string): Place => id.slice(0, 8) + id.slice(9, 13) + id.slice(15, 18)

/** The first of a moment, in milliseconds since 1970. */
export const placeAt = (at: number): Place => `${at.toString(16).padStart(12, '0')}000`

export const after = (place: Place): Place =>
  place === START ? place : (BigInt(`0x${place}`) + 1n).toString(16).padStart(15, '0')

/** A UUIDv7 there; `other`, whatever id, gives what makes it unique. */
export const idAt = (place: Place, other: string): MessageId =>
  `${place.slice(0, 8)}-${place.slice(8, 12)}-7${place.slice(12)}${other.slice(18)}` as MessageId
