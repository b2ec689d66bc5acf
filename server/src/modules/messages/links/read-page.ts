import { tidyText } from '@tintype/contract'
import { Parser } from 'htmlparser2'
import type { Fetched } from '../../../kit/fetch-public.ts'
import { excerptOf } from '../../../text/excerpt.ts'

/** What a page says of itself. */
export interface PageWords {
  title: string
  text: string
  site: string
  /** Of its picture, if it names one. */
  picture: string | undefined
}

const MOST = { title: 140, text: 240, site: 60 }
/** Characters of which so much is made. */
const LOOKED_AT = 2000
/** Open tags. A head has none within another, and what keeps them grows slow with many. */
const DEEPEST = 50

/**
 * OpenGraph (ogp.me), else what HTML itself has for it. Undefined where it has no title: then there is nothing to show.
 */
export function readPage({
  url,
  type,
  bytes,
}: Pick<Fetched, 'url' | 'type' | 'bytes'>): PageWords | undefined {
  if (!/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return undefined
  const said = new Map<string, string>()
  let title = ''
  let inTitle = false
  let depth = 0
  const parser = new Parser({
    onopentag(name, { property, name: named, content }) {
      if (name === 'title') inTitle = title === ''
      // What the body says of itself is for its readers.
      if (++depth > DEEPEST || name === 'body') parser.pause()
      const key = (property ?? named)?.toLowerCase()
      if (name === 'meta' && key && content && !said.has(key)) said.set(key, content)
    },
    ontext(text) {
      if (inTitle) title += text
    },
    onclosetag(name) {
      depth--
      if (name === 'title') inTitle = false
    },
  })
  parser.end(decode(type, bytes))
  const one = (most: number, ...texts: (string | undefined)[]) => {
    const found = texts
      .map((text = '') => tidyText(text.slice(0, LOOKED_AT), 'line'))
      .find((text) => text !== '')
    return excerptOf(found ?? '', most)
  }
  const name = one(MOST.title, said.get('og:title'), said.get('twitter:title'), title)
  if (name === '') return undefined
  return {
    title: name,
    text: one(MOST.text, said.get('og:description'), said.get('description')),
    site: one(MOST.site, said.get('og:site_name'), url.hostname.replace(/^www\./, '')),
    picture: URL.parse(said.get('og:image') ?? said.get('twitter:image') ?? '', url.href)?.href,
  }
}

/** By what the reply says, else by what the page says; UTF-8 where neither is known. */
function decode(type: string, bytes: Buffer): string {
  const within = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(
    bytes.subarray(0, 2048).toString('latin1'),
  )
  const name = /charset\s*=\s*"?([\w-]+)/i.exec(type)?.[1] ?? within?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(name).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
