/** A message: a text with `{names}` in braces, or two forms chosen by the number `count`. */
export type Message = string | { readonly one: string; readonly other: string }
export type Messages = Readonly<Record<string, Message>>

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never
type Params<M extends Message> = M extends string
  ? Names<M>
  : M extends { one: infer A extends string; other: infer B extends string }
    ? 'count' | Names<A> | Names<B>
    : never
type Given<M extends Message> = [Params<M>] extends [never]
  ? []
  : [params: { [N in Params<M>]: N extends 'count' ? number : string | number }]

/** Made when a number first needs it: the language's data takes milliseconds, which the start of a page has not. */
let integers: Intl.NumberFormat | undefined

/** `12,345` */
export function formatCount(count: number): string {
  if (Number.isInteger(count) && count >= 0 && count < 1000) return String(count)
  integers ??= new Intl.NumberFormat('en')
  return integers.format(count)
}

const plurals = new Intl.PluralRules('en')

function fill(message: Message, params: Record<string, string | number>): string {
  const text =
    typeof message === 'string'
      ? message
      : plurals.select(Number(params.count)) === 'one'
        ? message.one
        : message.other
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name]
    return typeof value === 'number' ? formatCount(value) : (value ?? '')
  })
}

/** A typed `t()` over one table: an unknown key or a missing parameter does not compile. */
export function createT<const T extends Messages>(table: T) {
  return <K extends keyof T & string>(key: K, ...given: Given<T[K]>): string =>
    fill(table[key] as Message, given[0] ?? {})
}
