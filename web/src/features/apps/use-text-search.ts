import { useSearch } from '@tanstack/react-router'

/** A word of the address's query; empty where there is none. */
export function useTextSearch(name: string): string {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const value = search[name]
  return typeof value === 'string' ? value : ''
}
