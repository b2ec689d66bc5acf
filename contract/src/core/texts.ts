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

const plurals = new Intl.PluralRules('en')
const integers = new Intl.NumberFormat('en')

/** `12,345` */
export const formatCount = (count: number): string => integers.format(count)
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
