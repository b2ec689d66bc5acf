import { textLength } from '@tintype/contract'

/** At most so many characters, as the server counts them (`maxLength` of a field counts UTF-16 units, two for an emoji). */
export const cutText = (text: string, most: number | undefined): string =>
  most === undefined || textLength(text) <= most ? text : [...text].slice(0, most).join('')
