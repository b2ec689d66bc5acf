import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { escapeHtml } from './preview.ts'

/** What a page has of its own; the rest is the build's. */
export interface PageParts {
  title: string | undefined
  /** Tags that go into the head. */
  head: string
  /** What stands in `#root` until the app takes over: HTML. */
  body: string | undefined
  /** What the app takes over with: a block of data. */
  given: string
}

/** `index.html` of a build, to be filled. */
export interface PageTemplate {
  plain: string
  fill(parts: PageParts): string
}

const BODY = /(<div id="root">)[\s\S]*?(<\/div>\s*<noscript>)[^<]*/
const SCRIPTLESS = 'To like, to comment or to follow, Tintype needs JavaScript.'
const SCRIPT = /<script type="module"([^>]*) src="([^"]+)"><\/script>/

/** Cuts the page where something of its own goes. Functions, not strings, as a `$` in a caption is to stay one. */
function templateOf(plain: string): PageTemplate {
  return {
    plain,
    fill({ title, head, body, given }) {
      let html = plain
      if (title !== undefined)
        html = html.replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>`)
      if (head.includes('name="description"')) html = html.replace(/\s*<meta name="description"[^>]*>/, '')
      const [script, rest = '', source = ''] = SCRIPT.exec(plain) ?? []
      const start = body === undefined || !script ? '' : startAfterPaint(source)
      html = html.replace('</head>', () => `${head}${start}</head>`)
      if (body === undefined) return html
      return html
        .replace(BODY, (_, before: string, after: string) => before + body + after + SCRIPTLESS)
        .replace(SCRIPT, () => `<link rel="modulepreload"${rest} href="${source}">`)
        .replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low"')
        .replace('</body>', () => `${given}</body>`)
    },
  }
}

/** The picture first: the app's code comes beside it and runs once it is painted. */
const startAfterPaint = (source: string): string => `<script src="/start.js" data-app="${source}"></script>`

/** The build's page, read again when the file has changed (a new build under a running server). */
export function pageTemplate(dir: string): () => Promise<PageTemplate> {
  const file = join(dir, 'index.html')
  let known: { mtimeMs: number; template: PageTemplate } | undefined
  return async () => {
    const { mtimeMs } = await stat(file)
    if (known?.mtimeMs !== mtimeMs) known = { mtimeMs, template: templateOf(await readFile(file, 'utf8')) }
    return known.template
  }
}
