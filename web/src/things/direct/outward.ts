import { embedSize } from '@tintype/contract'

/** Where a link can be shared by an address alone: nothing of these places is loaded before somebody goes there. */
const places: Record<string, (url: string, text: string) => string> = {
  Facebook: (url) => `https://www.facebook.com/sharer/sharer.php?u=${url}`,
  X: (url, text) => `https://x.com/intent/post?url=${url}&text=${text}`,
  Bluesky: (url, text) => `https://bsky.app/intent/compose?text=${text}%20${url}`,
  Tumblr: (url, text) => `https://www.tumblr.com/widgets/share/tool?canonicalUrl=${url}&title=${text}`,
  Reddit: (url, text) => `https://www.reddit.com/submit?url=${url}&title=${text}`,
  WhatsApp: (url, text) => `https://wa.me/?text=${text}%20${url}`,
  Pinterest: (url, text) => `https://www.pinterest.com/pin/create/button/?url=${url}&description=${text}`,
  'E-mail': (url, text) => `mailto:?subject=${text}&body=${url}`,
}

export const outward = (url: string, title: string): { name: string; href: string }[] =>
  Object.entries(places).map(([name, to]) => ({
    name,
    href: to(encodeURIComponent(url), encodeURIComponent(title)),
  }))

/** A frame with the post, to be put into somebody's own page. `ratio`: width by height of its picture. */
export function embedCode(url: string, ratio: number): string {
  const { origin, pathname } = new URL(url)
  const src = origin + pathname.replace(/^\/p\//, '/embed/')
  const height = Math.round(embedSize.width / ratio + embedSize.around)
  return `<iframe src="${src}" width="${embedSize.width}" height="${height}" loading="lazy" style="border:0;max-width:100%"></iframe>`
}
