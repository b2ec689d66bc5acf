type Search = Record<string, unknown>

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

interface RootSearch {
  /** A post shown as a dialog over the page; the address bar says `/p/{post_id}`. */
  post?: string | undefined
}

export const postInSearch = (search: Search): RootSearch => {
  const post = text(search.post)
  return post ? { post } : {}
}

export const byToken = (search: Search): { token?: string | undefined } =>
  text(search.token) ? { token: text(search.token) } : {}
