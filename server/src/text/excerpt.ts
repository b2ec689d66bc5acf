/** The beginning of a text, at most so many characters with the sign that it goes on; cut between characters, not inside one. */
export function excerptOf(text: string, most: number): string {
  const characters = [...text]
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}
