/** PostgreSQL's text form of arrays: `{a,"b,\"c\"",NULL}`. */
export function formatArray(values: readonly unknown[], format: (value: unknown) => string): string {
  const elements = values.map((value) => {
    if (value === null || value === undefined) return 'NULL'
    if (Array.isArray(value)) return formatArray(value, format)
    return `"${format(value).replace(/["\\]/g, '\\$&')}"`
  })
  return `{${elements.join(',')}}`
}

/** Elements, one after the other: a brace, a quoted or a plain word. */
const token = /[{}]|"((?:[^"\\]|\\.)*)"|[^{},"]+/gs

export function parseArray<T>(text: string, parse: (element: string) => T): unknown[] {
  // Ids and numbers, as most arrays hold.
  if (text.length > 2 && !/["\\{]/.test(text.slice(1)))
    return text
      .slice(1, -1)
      .split(',')
      .map((element) => (element === 'NULL' ? null : parse(element)))
  const root: unknown[] = []
  const open = [root]
  for (const [whole, quoted] of text.matchAll(token)) {
    const current = open.at(-1) ?? root
    if (whole === '{') {
      const inner: unknown[] = []
      current.push(inner)
      open.push(inner)
    } else if (whole === '}') open.pop()
    else if (quoted !== undefined) current.push(parse(quoted.replace(/\\(.)/gs, '$1')))
    else current.push(whole === 'NULL' ? null : parse(whole))
  }
  return root[0] as unknown[]
}

/**
 * An array of uuids, as strings of their own: parts of the array's text (what `split` gives) cost twice as much wherever they are keys
 * later on, and keep all of it in memory.
 */
export function parseUuids(text: string): unknown[] {
  if (text === '{}') return []
  if (text.includes('NULL')) return parseArray(text, String)
  return JSON.parse(`["${text.slice(1, -1).replaceAll(',', '","')}"]`)
}
