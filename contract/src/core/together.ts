/**
 * Tables of several domains as one: `together(a).and(b).and(c).all`. A key that two of them have does not compile.
 */
export const together = <A extends object>(all: A): Together<A> => ({
  all,
  and: (more) => together({ ...all, ...more }),
})

interface Together<A extends object> {
  all: A
  and<B extends object>(more: B & { readonly [K in keyof A]?: never }): Together<A & B>
}
