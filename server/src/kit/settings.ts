/** Reads settings from the environment and gathers what is wrong with it. */
export type SettingsReader = ReturnType<typeof settingsReader>

const SECRET_LENGTH = 32
/** Random text of that length has at least twice as many; a word that was repeated has not. */
const SECRET_VARIETY = 8

/** Why whoever tries could guess a secret, as the rest of a sentence; undefined for a good one. */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < SECRET_LENGTH)
    return `has ${secret.length} characters, but must have at least ${SECRET_LENGTH} that nobody can guess`
  const variety = new Set(secret).size
  if (variety < SECRET_VARIETY)
    return `has only ${variety} different characters, but must be one that nobody can guess`
  return undefined
}

/** All paths are made from the root, so an address below one would lead nowhere. */
const notBare = (origin: string) =>
  `must end after the host and port (${origin}): Tintype wants a host name of its own, not a path of another`

export function settingsReader(env: Record<string, string | undefined>) {
  const mistakes: string[] = []
  const raw = (name: string) => env[name]?.trim() || undefined
  const number = (name: string, fallback: number, min: number, max: number, integer = false): number => {
    const text = raw(name)
    if (text === undefined) return fallback
    const value = Number(text)
    if (Number.isFinite(value) && value >= min && value <= max && (!integer || Number.isInteger(value)))
      return value
    mistakes.push(
      `${name} is "${text}", but must be a ${integer ? 'whole ' : ''}number from ${min} to ${max}.`,
    )
    return fallback
  }
  return {
    mistakes,
    number,
    integer: (name: string, fallback: number, min: number, max: number) =>
      number(name, fallback, min, max, true),
    text: (name: string, fallback: string) => raw(name) ?? fallback,
    words: (name: string) =>
      (raw(name) ?? '')
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
    oneOf(name: string, fallback: string, allowed: readonly string[]): string {
      const text = raw(name) ?? fallback
      if (!allowed.includes(text))
        mistakes.push(`${name} is "${text}", but must be one of ${allowed.join(', ')}.`)
      return text
    },
    list<T extends string>(name: string, allowed: readonly T[]): readonly T[] {
      const words = (raw(name) ?? allowed.join(',')).split(',').map((word) => word.trim())
      const unknown = words.filter((word) => !allowed.includes(word as T))
      if (unknown.length > 0)
        mistakes.push(`${name} has "${unknown.join(', ')}", but may only list ${allowed.join(', ')}.`)
      return words as T[]
    },
    secret(name: string): string {
      const text = raw(name) ?? ''
      const weakness = text && weaknessOf(text)
      if (weakness) mistakes.push(`${name} ${weakness}.`)
      return text
    },
    flag(name: string, fallback: boolean): boolean {
      const text = raw(name)
      if (text === undefined) return fallback
      if (['1', 'true', 'yes', 'on'].includes(text)) return true
      if (!['0', 'false', 'no', 'off'].includes(text))
        mistakes.push(`${name} is "${text}", but must be true or false.`)
      return false
    },
    origin(name: string): string {
      const text = this.url(name)
      const { origin, href } = new URL(text || 'none:')
      if (text && href !== `${origin}/`) mistakes.push(`${name} ${notBare(origin)}.`)
      return text && origin
    },
    url(name: string, protocols: readonly string[] = ['http:', 'https:']): string {
      const text = raw(name)
      if (text === undefined) return ''
      if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, '')
      mistakes.push(`${name} is not a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
      return ''
    },
  }
}
