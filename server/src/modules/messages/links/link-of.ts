import { parseFacets } from '@tintype/contract'

/** Cheap, and true wherever there is one. */
export const mayLink = (text: string | null): boolean => text?.includes('://') ?? false

/** The first address in a text that is not one of this place's own, of which its reader's app makes the preview. */
export function foreignLink(text: string | null, siteUrl: string): string | undefined {
  if (!text || !mayLink(text)) return undefined
  const own = new URL(siteUrl).origin
  for (const facet of parseFacets(text))
    if ('url' in facet && URL.parse(facet.url)?.origin !== own) return facet.url
  return undefined
}

/** Whether it is one of the addresses in a text, and not the beginning of another. */
export const hasLink = (text: string, url: string): boolean =>
  parseFacets(text).some((facet) => 'url' in facet && facet.url === url)
